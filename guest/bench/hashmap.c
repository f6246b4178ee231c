/* A hash map of strings with chains of malloc'd nodes: N insertions, look-ups and removals. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {
    struct node *next;
    uint64_t hash, value;
    char key[];
};

enum { BUCKETS = 1 << 16 };
static struct node *bucket[BUCKETS];

static uint64_t hash(const char *text)
{
    uint64_t h = 14695981039346656037u;
    while (*text)
        h = (h ^ (unsigned char)*text++) * 1099511628211u;
    return h;
}

static struct node **find(const char *key, uint64_t h)
{
    struct node **at = &bucket[h % BUCKETS];
    while (*at && ((*at)->hash != h || strcmp((*at)->key, key) != 0))
        at = &(*at)->next;
    return at;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 1500000;
    uint64_t seed = 1, sum = 0, live = 0;
    char key[32];

    for (int i = 0; i < n; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        unsigned which = (seed >> 33) % 100000, digits = which;
        char *p = key + 20;
        *p = 0;
        do
            *--p = '0' + digits % 10;
        while (digits /= 10);
        *--p = '-';
        *--p = 'y';
        *--p = 'e';
        *--p = 'k';
        uint64_t h = hash(p);
        struct node **at = find(p, h), *node = *at;
        if (node && (seed >> 60) < 4) {
            sum = sum * 31 + node->value;
            *at = node->next;
            free(node);
            live--;
        } else if (node)
            node->value += i;
        else {
            size_t length = strlen(p) + 1;
            node = malloc(sizeof *node + length);
            node->next = *at;
            node->hash = h;
            node->value = i;
            memcpy(node->key, p, length);
            *at = node;
            live++;
        }
    }
    printf("hashmap %lu %016lx\n", (unsigned long)live, (unsigned long)sum);
    return 0;
}
