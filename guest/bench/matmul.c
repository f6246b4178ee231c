/* The product of two matrices of N by N doubles. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 512;
    double *a = malloc(sizeof *a * n * n), *b = malloc(sizeof *b * n * n);
    double *c = calloc(n * n, sizeof *c), sum = 0;

    for (int i = 0; i < n * n; i++) {
        a[i] = i % 17 - 8;
        b[i] = i % 23 * 0.25;
    }
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++) {
            double value = a[i * n + k];
            for (int j = 0; j < n; j++)
                c[i * n + j] += value * b[k * n + j];
        }
    for (int i = 0; i < n * n; i++)
        sum += c[i] * (i % 7);
    printf("matmul %.6f\n", sum);
    return 0;
}
