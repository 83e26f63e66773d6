// Random numbers from a generator that the caller holds.
#include <ATen/CPUGeneratorImpl.h>

#include "guard.h"

using namespace ct;

static at::Generator &gen(ct_generator g) { return *reinterpret_cast<at::Generator *>(g); }

ct_generator ct_generator_new(uint64_t seed) {
  ct_generator result = nullptr;
  act([&] {
    result = reinterpret_cast<ct_generator>(
        new at::Generator(at::make_generator<at::CPUGeneratorImpl>(seed)));
  });
  return result;
}
void ct_generator_free(ct_generator g) { delete reinterpret_cast<at::Generator *>(g); }
ct_tensor ct_generator_state(ct_generator g) {
  return make([&] { return gen(g).get_state(); });
}
int ct_generator_set_state(ct_generator g, ct_tensor state) {
  return act([&] { gen(g).set_state(ref(state)); });
}
int ct_normal_(ct_tensor x, double mean, double std, ct_generator g) {
  return change([&] {
    ref(x).normal_(mean, std, gen(g));
  });
}
int ct_uniform_(ct_tensor x, double low, double high, ct_generator g) {
  return change([&] {
    ref(x).uniform_(low, high, gen(g));
  });
}
int ct_bernoulli_(ct_tensor x, double p, ct_generator g) {
  return change([&] {
    ref(x).bernoulli_(p, gen(g));
  });
}
