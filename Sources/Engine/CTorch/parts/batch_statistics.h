#pragma once
// What the batch normalisations of training share: statistics of a batch, summed in parts, and the sums of their gradients.
#include <memory>

#include "batch_norm_kernels.h"
#include "guard.h"
#include "parallel.h"

namespace ct {

/// As the loops take it: bfloat16 by its bits. Not by the typed functions of libtorch, whose names Clang and GCC spell differently
/// in some of its versions.
template <class T>
const T *in(const at::Tensor &x) { return static_cast<const T *>(x.const_data_ptr()); }
template <class T>
T *out(const at::Tensor &x) { return static_cast<T *>(x.mutable_data_ptr()); }

/// Rows of channels, parted as the sums are: by fours of about equal parts, so that two or four threads have as much each.
struct Parts {
  int64_t rows, channels, of_part, count;
  explicit Parts(const at::Tensor &x) : rows(x.numel() / x.size(1)), channels(x.size(1)) {
    int64_t most = 4 * batch_norm::rows_of_part(channels, x.element_size());
    int64_t parts = 4 * ((rows + most - 1) / most);
    of_part = (rows + parts - 1) / parts;
    count = (rows + of_part - 1) / of_part;
  }
  int64_t first(int64_t part) const { return part * of_part; }
  int64_t size(int64_t part) const { return std::min(of_part, rows - first(part)); }
  template <class Body>
  void each(Body body) const {
    in_parts(count, moving * rows * channels, [&](int64_t from, int64_t to) {
      for (int64_t part = from; part < to; ++part) body(part, first(part), size(part));
    });
  }
};

/// What every part adds of each channel, [parts, channels]; not yet written.
struct PartSums {
  int64_t parts, channels;
  std::unique_ptr<float[]> values;
  PartSums(int64_t parts, int64_t channels)
      : parts(parts), channels(channels), values(std::make_unique_for_overwrite<float[]>(parts * channels)) {}
  float *operator[](int64_t part) { return &values[part * channels]; }
  const float *operator[](int64_t part) const { return &values[part * channels]; }
  /// Added in the order of the parts.
  std::vector<double> total() const {
    std::vector<double> sum(channels);
    for (int64_t part = 0; part < parts; ++part)
      for (int64_t c = 0; c < channels; ++c) sum[c] += (*this)[part][c];
    return sum;
  }
};

/// Mean and biased variance of each channel.
struct Moments {
  std::vector<double> mean, variance;
  int64_t rows = 0;

  /// From the means of all parts and the squares around them summed; `size` is the rows of a part.
  template <class Size>
  Moments(const PartSums &means, const PartSums &squares, int64_t parts, Size size)
      : mean(means.channels), variance(means.channels) {
    int64_t channels = means.channels;
    for (int64_t part = 0; part < parts; ++part) {
      rows += size(part);
      for (int64_t c = 0; c < channels; ++c) mean[c] += double(size(part)) * means[part][c];
    }
    for (double &value : mean) value /= double(rows);
    for (int64_t part = 0; part < parts; ++part)
      for (int64_t c = 0; c < channels; ++c) {
        double gap = means[part][c] - mean[c];
        variance[c] += squares[part][c] + double(size(part)) * gap * gap;
      }
    for (double &value : variance) value /= double(rows);
  }
};

template <class T>
Moments moments(const at::Tensor &x, const Parts &parts) {
  PartSums means(parts.count, parts.channels), squares(parts.count, parts.channels);
  parts.each([&](int64_t part, int64_t first, int64_t rows) {
    batch_norm::moments(in<T>(x) + first * parts.channels, rows, parts.channels, means[part], squares[part]);
  });
  return Moments(means, squares, parts.count, [&](int64_t part) { return parts.size(part); });
}

inline batch_norm::Activation activation_of(int code) {
  TORCH_CHECK(code != CT_SILU, "batch normalisation has ReLU, ReLU6 or nothing behind it");
  using batch_norm::Activation;
  return code == CT_RELU ? Activation::relu : code == CT_RELU6 ? Activation::relu6 : Activation::identity;
}

/// The normalisation of one batch, [C] each: μ, 1 / √(σ² + ε), γ / √(σ² + ε) and β.
struct Normalization {
  at::Tensor mean, deviation, scale, shift;

  Normalization(const Moments &moments, const at::Tensor &weight, const at::Tensor &bias, double eps)
      : mean(at::empty_like(weight)), deviation(at::empty_like(weight)), scale(at::empty_like(weight)), shift(bias) {
    float *centre = out<float>(mean), *inverse = out<float>(deviation), *factor = out<float>(scale);
    const float *gamma = in<float>(weight);
    for (int64_t c = 0; c < weight.numel(); ++c) {
      double value = 1 / std::sqrt(moments.variance[c] + eps);
      centre[c] = float(moments.mean[c]);
      inverse[c] = float(value);
      factor[c] = float(gamma[c] * value);
    }
  }
  /// As kept for the gradient, from `first` on.
  Normalization(const std::vector<at::Tensor> &saved, size_t first)
      : mean(saved[first]), deviation(saved[first + 1]), scale(saved[first + 2]), shift(saved[first + 3]) {}

  /// Adds to what is kept for the gradient.
  void keep(std::vector<at::Tensor> &kept) const {
    for (const auto &part : {mean, deviation, scale, shift}) kept.push_back(part);
  }
  batch_norm::Channels by() const { return {mean.numel(), in<float>(mean), in<float>(scale), in<float>(shift)}; }
};

/// Running statistics of a batch normalisation and what its result passes through.
struct Running {
  std::optional<at::Tensor> mean, variance;
  double momentum = 0, eps = 0;
  batch_norm::Activation activation;

  explicit Running(batch_norm::Activation activation) : activation(activation) {}
  explicit Running(const ct_normalization &norm)
      : mean(maybe(norm.mean)), variance(maybe(norm.variance)), momentum(norm.momentum), eps(norm.eps),
        activation(activation_of(norm.activation)) {}

  /// The normalisation by a batch's moments, towards which the running ones are moved.
  Normalization learned(const Moments &moments, const at::Tensor &weight, const at::Tensor &bias) const {
    move(mean, moments.mean, 1);
    move(variance, moments.variance, double(moments.rows) / double(moments.rows - 1));
    return Normalization(moments, weight, bias, eps);
  }

 private:
  void move(const std::optional<at::Tensor> &running, const std::vector<double> &to, double factor) const {
    if (!running || momentum == 0) return;
    float *value = out<float>(*running);
    for (size_t c = 0; c < to.size(); ++c) value[c] += float(momentum * (factor * to[c] - value[c]));
  }
};

/// From Σ g and Σ g (x − μ) of each channel: the gradients of weight and bias, and what the gradient of x takes off (batch_norm_kernels.h).
struct Slopes {
  at::Tensor of_weight, of_bias;
  std::vector<float> level, tilt;

  Slopes(const PartSums &plain, const PartSums &centred, const Normalization &norm, int64_t rows)
      : of_weight(at::empty_like(norm.scale)), of_bias(at::empty_like(norm.scale)), level(plain.channels),
        tilt(plain.channels) {
    auto sum = plain.total(), moment = centred.total();
    const float *deviation = in<float>(norm.deviation), *scale = in<float>(norm.scale);
    float *to_weight = out<float>(of_weight), *to_bias = out<float>(of_bias);
    for (int64_t c = 0; c < plain.channels; ++c) {
      double a = scale[c], inverse = deviation[c];
      to_bias[c] = float(sum[c]);
      to_weight[c] = float(moment[c] * inverse);
      level[c] = float(a * sum[c] / double(rows));
      tilt[c] = float(a * moment[c] * inverse * inverse / double(rows));
    }
  }
};

/// Whether `t` is one float32 of each of `channels` channels.
inline bool is_of_channels(const at::Tensor &t, int64_t channels) {
  return t.is_cpu() && t.scalar_type() == at::kFloat && t.dim() == 1 && t.size(0) == channels && t.is_contiguous();
}
inline bool is_of_channels(const std::optional<at::Tensor> &t, int64_t channels) {
  return !t || is_of_channels(*t, channels);
}
/// Whether the loops know type and layout of a batch of maps, and a channel has a variance.
inline bool has_statistics(const at::Tensor &x) {
  return x.is_cpu() && x.dim() == 4 && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16) &&
         x.suggest_memory_format() == at::MemoryFormat::ChannelsLast && x.numel() > x.size(1);
}

}  // namespace ct
