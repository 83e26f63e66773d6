// Vectors of the compiler over arrays of float32 and bfloat16, the latter as their bits.
//
// Loops are written once with them and compiled for what the processor has. bfloat16 is read exactly and rounded to the
// nearest, halves to even, by every width of vectors alike.
#pragma once
#include <cstdint>
#include <cstring>

namespace vectors {

constexpr int lanes = 16;
typedef float Floats __attribute__((vector_size(4 * lanes)));
typedef uint32_t Words __attribute__((vector_size(4 * lanes)));
typedef uint16_t Halves __attribute__((vector_size(2 * lanes)));

/// Into the copy of a loop for one width of vectors (`on_this_processor`), whatever the compiler thinks of it.
#define STEELYARD_ALWAYS __attribute__((always_inline))
#define STEELYARD_INLINE static inline STEELYARD_ALWAYS

STEELYARD_INLINE void load(const float *from, Floats &to) { std::memcpy(&to, from, sizeof to); }
STEELYARD_INLINE void load(const uint16_t *from, Floats &to) {
  Halves half;
  std::memcpy(&half, from, sizeof half);
  Words wide = __builtin_convertvector(half, Words) << 16;
  std::memcpy(&to, &wide, sizeof to);
}
STEELYARD_INLINE void store(const Floats &from, float *to) { std::memcpy(to, &from, sizeof from); }
STEELYARD_INLINE void store(const Floats &from, uint16_t *to) {
  Words bits;
  std::memcpy(&bits, &from, sizeof bits);
  // To the nearest, halves to even; a NaN stays one.
  Words rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  Words number = (Words)(from == from);
  Halves half = __builtin_convertvector((rounded & number) | (~number & 0x7fc0), Halves);
  std::memcpy(to, &half, sizeof half);
}
/// The first `count` values, zeros behind them.
template <class T>
STEELYARD_INLINE void load_some(const T *from, Floats &to, int64_t count) {
  T some[lanes] = {};
  std::memcpy(some, from, count * sizeof(T));
  load(some, to);
}
/// The first `count` values alone.
template <class T>
STEELYARD_INLINE void store_some(const Floats &from, T *to, int64_t count) {
  T some[lanes];
  store(from, some);
  std::memcpy(to, some, count * sizeof(T));
}
STEELYARD_INLINE float single(float x) { return x; }
STEELYARD_INLINE float single(uint16_t x) {
  uint32_t bits = uint32_t(x) << 16;
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

#if defined(__x86_64__)
template <class Body>
__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))) void on_wide_vectors(const Body &body) {
  body();
}
template <class Body>
__attribute__((target("avx2,fma"))) void on_middle_vectors(const Body &body) {
  body();
}
#endif

/// Calls `body`, a lambda marked STEELYARD_ALWAYS, compiled for the widest vectors that this processor has.
template <class Body>
void on_this_processor(const Body &body) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return on_wide_vectors(body);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return on_middle_vectors(body);
#endif
  body();
}

}  // namespace vectors
