// The engine as a whole: version, threads, processor, allocator.
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif
#if defined(__linux__)
#include <sys/auxv.h>
#endif


#include "guard.h"

std::string &ct::error() {
  thread_local std::string message;
  return message;
}

const char *ct_error(void) { return ct::error().c_str(); }
const char *ct_version(void) { return TORCH_VERSION; }
int ct_get_threads(void) { return at::get_num_threads(); }
int ct_set_threads(int count) {
  return ct::act([&] { at::set_num_threads(count); });
}

bool ct_has_bfloat16(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16");
#elif defined(__aarch64__) && defined(__linux__)
  return (getauxval(AT_HWCAP2) & (1UL << 14)) != 0;  // HWCAP2_BF16
#else
  return false;
#endif
}

const char *ct_cpu_capability(void) {
  static const std::string capability = at::get_cpu_capability();
  return capability.c_str();
}

int ct_cuda_count(void) {
  int count = 0;
  ct::act([&] {
    if (at::hasCUDA()) count = static_cast<int>(at::detail::getCUDAHooks().deviceCount());
  });
  return count;
}
bool ct_cuda_has_bfloat16(void) {
  bool native = false;
  ct::act([&] {
    // Compute capability 8.0 and later.
    native = at::hasCUDA() && at::detail::getCUDAHooks().supportsBFloat16ConvolutionWithCuDNNv8();
  });
  return native;
}
bool ct_has_mps(void) { return at::hasMPS(); }

void ct_tune_allocator(void) {
#if defined(__GLIBC__)
  // Activations of one step are freed and asked for again by the next. glibc would map each large
  // one afresh and hand it back, so that every step pays for zeroed pages; keep them in the heap.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 16 << 20);
#endif
}
