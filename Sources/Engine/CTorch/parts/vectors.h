// Vectors of the compiler over arrays of float32 and bfloat16, the latter as their bits.
//
// Loops are written once with them and compiled for what the processor has. bfloat16 is read exactly and rounded to the
// nearest, halves to even, by every width of vectors alike; numbers below 2⁻¹²⁶ in size become 0 where the processor rounds itself.
#pragma once
#include <cstdint>
#include <cstring>
#include <type_traits>

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
#if defined(__x86_64__)
/// bfloat16 on a processor that rounds to it in one instruction.
struct NativeBFloat16 {
  uint16_t bits;
};
STEELYARD_INLINE void load(const NativeBFloat16 *from, Floats &to) { load(&from->bits, to); }
STEELYARD_INLINE void store(const Floats &from, NativeBFloat16 *to) {
  typedef __bf16 Rounded __attribute__((vector_size(2 * lanes)));
  Rounded half = __builtin_convertvector(from, Rounded);
  std::memcpy(to, &half, sizeof half);
}
#endif
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
STEELYARD_INLINE float single(NativeBFloat16 x) { return single(x.bits); }
#endif

#if defined(__x86_64__)
#define STEELYARD_WIDE "avx512f,avx512bw,avx512dq,avx512vl,fma"
template <class T, class Body>
__attribute__((target(STEELYARD_WIDE ",avx512bf16"))) void on_bfloat16_vectors(const Body &body) {
  body.template operator()<T>();
}
template <class T, class Body>
__attribute__((target(STEELYARD_WIDE))) void on_wide_vectors(const Body &body) {
  body.template operator()<T>();
}
template <class T, class Body>
__attribute__((target("avx2,fma"))) void on_middle_vectors(const Body &body) {
  body.template operator()<T>();
}
#undef STEELYARD_WIDE
#endif

/// Calls `body`, a lambda marked STEELYARD_ALWAYS, compiled for the widest vectors that this processor has, with T or another type of the
/// same bytes, as which it takes its arrays (`as`).
template <class T, class Body>
void on_this_processor(const Body &body) {
#if defined(__x86_64__)
  bool wide = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if constexpr (std::is_same_v<T, uint16_t>)
    if (wide && __builtin_cpu_supports("avx512bf16")) return on_bfloat16_vectors<NativeBFloat16>(body);
  if (wide) return on_wide_vectors<T>(body);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return on_middle_vectors<T>(body);
#endif
  body.template operator()<T>();
}
template <class To, class From>
const To *as(const From *values) { return reinterpret_cast<const To *>(values); }
template <class To, class From>
To *as(From *values) { return reinterpret_cast<To *>(values); }

}  // namespace vectors
