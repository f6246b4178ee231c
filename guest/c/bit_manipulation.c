/*
 * BMI1, BMI2, LZCNT, POPCNT, ADX, MOVBE and the instructions for segment bases and random numbers.
 *
 * Build:  cc -O2 -static -o bit_manipulation bit_manipulation.c
 * Expect: the same lines natively
 */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* arch_prctl(2); not every C library has a header for it. */
#define ARCH_GET_FS 0x1003
#define ARCH_GET_GS 0x1004

#define BITS __attribute__((target("bmi,bmi2,lzcnt,popcnt,movbe,adx"), noinline))
#define BASES __attribute__((target("fsgsbase,rdrnd,rdseed"), noinline))

static uint64_t state = 88172645463325252ull;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state >> (state & 63);
}

static uint64_t sum = 14695981039346656037ull;

static void keep(uint64_t x) { sum = (sum ^ x) * 1099511628211ull; }

BITS static void bits(void)
{
    for (int i = 0; i < 2000; i++) {
        uint64_t a = next(), b = next();
        uint32_t c = (uint32_t)a, d = (uint32_t)b;
        keep(_tzcnt_u64(a) + _tzcnt_u32(c) * 100);
        keep(_lzcnt_u64(a) + _lzcnt_u32(c) * 100);
        keep(__builtin_popcountll(a) + __builtin_popcount(c) * 100);
        keep(_andn_u64(a, b) + _andn_u32(c, d));
        keep(_bextr_u64(a, b & 63, b >> 8 & 63) + _bextr_u32(c, d & 31, d >> 8 & 31));
        keep(_blsi_u64(a) + _blsi_u32(c));
        keep(_blsr_u64(a) + _blsr_u32(c));
        keep(_blsmsk_u64(a) + _blsmsk_u32(c));
        keep(_bzhi_u64(a, b & 127) + _bzhi_u32(c, d & 127));
        keep(_pdep_u64(a, b) + _pdep_u32(c, d));
        keep(_pext_u64(a, b) + _pext_u32(c, d));
        unsigned long long high;
        keep(_mulx_u64(a, b, &high));
        keep(high);
        keep((a >> (b & 63)) + (c << (d & 31)) + (uint64_t)((int64_t)a >> (b & 63)));
        uint64_t loaded;
        volatile uint64_t memory = a;
        __asm__("movbe %1, %0" : "=r"(loaded) : "m"(memory));
        keep(loaded);
        __asm__("rorx $13, %1, %0" : "=r"(loaded) : "r"(a));
        keep(loaded);
    }
    printf("bits %016llx\n", (unsigned long long)sum);
}

/* Two chains of carries at once: 256 bits times 64, added to 256 bits. */
static void chains(void)
{
    uint64_t a[4], r[5] = {0};
    for (int i = 0; i < 1000; i++) {
        for (int k = 0; k < 4; k++)
            a[k] = next();
        uint64_t m = next(), low, high;
        __asm__("xor %k[low], %k[low]\n\t"
                "mulx (%[a]), %[low], %[high]\n\t"
                "adcx %[low], %[r0]\n\t"
                "adox %[high], %[r1]\n\t"
                "mulx 8(%[a]), %[low], %[high]\n\t"
                "adcx %[low], %[r1]\n\t"
                "adox %[high], %[r2]\n\t"
                "mulx 16(%[a]), %[low], %[high]\n\t"
                "adcx %[low], %[r2]\n\t"
                "adox %[high], %[r3]\n\t"
                "mulx 24(%[a]), %[low], %[high]\n\t"
                "adcx %[low], %[r3]\n\t"
                "adox %[high], %[r4]\n\t"
                "mov $0, %k[low]\n\t"
                "adcx %[low], %[r4]"
                : [low] "=&r"(low), [high] "=&r"(high), [r0] "+&r"(r[0]), [r1] "+&r"(r[1]),
                  [r2] "+&r"(r[2]), [r3] "+&r"(r[3]), [r4] "+&r"(r[4])
                : [a] "r"(a), "d"(m), "m"(a)
                : "cc");
    }
    printf("chains %016llx %016llx %016llx %016llx %016llx\n", (unsigned long long)r[4],
           (unsigned long long)r[3], (unsigned long long)r[2], (unsigned long long)r[1],
           (unsigned long long)r[0]);
}

BASES static void bases(void)
{
    uint64_t asked = 0;
    syscall(SYS_arch_prctl, ARCH_GET_FS, &asked);
    printf("fs base: %s\n", asked == _readfsbase_u64() ? "as the kernel says" : "another");
    static uint64_t there = 42;
    _writegsbase_u64((uint64_t)(uintptr_t)&there);
    uint64_t value;
    __asm__ volatile("mov %%gs:0, %0" : "=r"(value));
    syscall(SYS_arch_prctl, ARCH_GET_GS, &asked);
    printf("gs base: %s, %llu there\n",
           asked == (uint64_t)(uintptr_t)&there ? "as the kernel says" : "another",
           (unsigned long long)value);
    unsigned long long a = 0, b = 0;
    int known = 0;
    for (int i = 0; i < 100 && !known; i++)
        known = _rdrand64_step(&a);
    for (int i = 0, got = 0; i < 10000 && !got; i++)
        got = _rdseed64_step(&b);
    printf("random: %d, %s\n", known, a != b ? "different" : "the same");
}

int main(void)
{
    bits();
    chains();
    bases();
}
