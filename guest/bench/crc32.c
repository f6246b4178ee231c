/* CRC-32 of N times 1 MiB, a byte and a table look-up at a time: a chain of dependent loads. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 100;
    static unsigned char data[1 << 20];
    static uint32_t table[256];
    uint32_t crc = ~0u;

    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int b = 0; b < 8; b++)
            c = c >> 1 ^ (c & 1 ? 0xedb88320 : 0);
        table[i] = c;
    }
    for (unsigned i = 0; i < sizeof data; i++)
        data[i] = i * 31 ^ i >> 9;
    for (int r = 0; r < rounds; r++)
        for (unsigned i = 0; i < sizeof data; i++)
            crc = table[(crc ^ data[i]) & 255] ^ crc >> 8;
    printf("crc32 %08x\n", ~crc);
    return 0;
}
