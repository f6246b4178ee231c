/* The Mandelbrot set in N by N points: multiplications and additions of doubles in registers. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 800;
    unsigned long sum = 0;

    for (int row = 0; row < n; row++)
        for (int column = 0; column < n; column++) {
            double cr = 3.0 * column / n - 2.25, ci = 3.0 * row / n - 1.5, zr = 0, zi = 0;
            int i = 0;
            while (i < 500 && zr * zr + zi * zi < 4) {
                double t = zr * zr - zi * zi + cr;
                zi = 2 * zr * zi + ci;
                zr = t;
                i++;
            }
            sum = sum * 31 + i;
        }
    printf("mandelbrot %016lx\n", sum);
    return 0;
}
