// Bytes of pictures as the numbers a network reads, in one pass.
#include "guard.h"
#include "vectors.h"

using namespace ct;
using namespace vectors;

namespace {

typedef uint8_t Bytes __attribute__((vector_size(lanes)));

/// One subtraction and one product of each value, so that every width of vectors gives the same bits.
STEELYARD_INLINE void centre(const uint8_t *from, const Floats &shift, const Floats &scale, float *to) {
  Bytes bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  store((__builtin_convertvector(bytes, Floats) - shift) * scale, to);
}

/// Three vectors hold whole pixels: channel i mod 3 stands in lane i.
void centre_all(const uint8_t *from, int64_t count, const float *shift, const float *scale, float *to) {
  on_this_processor<float>([&]<class>() STEELYARD_ALWAYS {
    float shifts[3 * lanes], scales[3 * lanes];
    for (int i = 0; i < 3 * lanes; ++i) {
      shifts[i] = shift[i % 3];
      scales[i] = scale[i % 3];
    }
    Floats s[3], f[3];
    for (int part = 0; part < 3; ++part) {
      load(shifts + part * lanes, s[part]);
      load(scales + part * lanes, f[part]);
    }
    int64_t i = 0;
    for (; i + 3 * lanes <= count; i += 3 * lanes)
      for (int part = 0; part < 3; ++part) centre(from + i + part * lanes, s[part], f[part], to + i + part * lanes);
    for (; i < count; ++i) to[i] = (from[i] - shift[i % 3]) * scale[i % 3];
  });
}

}  // namespace

ct_tensor ct_normalize_pixels(ct_tensor pixels, const float *shift, const float *scale) {
  return make([&]() -> at::Tensor {
    auto &x = ref(pixels);
    TORCH_CHECK(x.dim() == 4 && x.size(3) == 3 && x.scalar_type() == at::kByte, "expected bytes [N, H, W, 3]");
    if (!x.device().is_cpu()) {
      // Filled there: a copy from here would wait for all that the device has been asked for.
      auto constant = [&](const float *values) {
        auto three = at::empty({1, 3, 1, 1}, x.options().dtype(at::kFloat));
        for (int64_t channel = 0; channel < 3; ++channel) three.select(1, channel).fill_(values[channel]);
        return three;
      };
      return x.permute({0, 3, 1, 2}).to(at::kFloat).sub_(constant(shift)).mul_(constant(scale));
    }
    auto bytes = x.contiguous();
    auto result = at::empty({x.size(0), 3, x.size(1), x.size(2)}, at::TensorOptions(at::kFloat), at::MemoryFormat::ChannelsLast);
    // Not by the typed functions of libtorch; see batch_norm.cpp.
    centre_all(static_cast<const uint8_t *>(bytes.const_data_ptr()), bytes.numel(), shift, scale,
               static_cast<float *>(result.mutable_data_ptr()));
    return result;
  });
}
