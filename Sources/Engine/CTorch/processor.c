// What needs no libtorch.
#include "ctorch.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif
#if defined(__linux__)
#include <sys/auxv.h>
#endif

bool ct_has_bfloat16(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16");
#elif defined(__aarch64__) && defined(__linux__)
  return (getauxval(AT_HWCAP2) & (1UL << 14)) != 0;  // HWCAP2_BF16
#else
  return false;
#endif
}

void ct_tune_allocator(void) {
#if defined(__GLIBC__)
  // Activations of one step are freed and asked for again by the next. glibc would map each large
  // one afresh and hand it back, so that every step pays for zeroed pages; keep them in the heap.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 16 << 20);
#endif
}
