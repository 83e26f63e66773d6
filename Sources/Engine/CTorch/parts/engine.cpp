// The engine as a whole: version, threads, devices.
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include "../header_text.h"
#include "guard.h"

std::string &ct::error() {
  thread_local std::string message;
  return message;
}

extern "C" const char *ct_header_text_of_library(void) { return ct_header_text; }
const char *ct_error(void) { return ct::error().c_str(); }
const char *ct_version(void) { return TORCH_VERSION; }
int ct_get_threads(void) { return at::get_num_threads(); }
int ct_set_threads(int count) {
  return ct::act([&] { at::set_num_threads(count); });
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
