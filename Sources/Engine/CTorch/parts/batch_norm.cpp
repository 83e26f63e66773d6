// Batch normalisation of training with what is added to it and its activation, on the processor: libtorch makes a pass over memory for
// the sum and one for the activation, and one more for the gradient of the activation.
#include <torch/csrc/autograd/custom_function.h>

#include "batch_norm_kernels.h"
#include "guard.h"
#include "parallel.h"

using namespace ct;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

using batch_norm::Activation;

/// A result that nothing else reads, activated in its storage.
at::Tensor activated(at::Tensor z, Activation activation) {
  switch (activation) {
    case Activation::relu: return at::relu_(z);
    case Activation::relu6: return at::hardtanh_(z, 0, 6);
    default: return z;
  }
}

/// Rows of channels, parted as the sums are.
struct Parts {
  int64_t rows, channels, of_part, count;
  explicit Parts(const at::Tensor &x)
      : rows(x.numel() / x.size(1)), channels(x.size(1)),
        of_part(batch_norm::rows_of_part(channels, x.element_size())), count((rows + of_part - 1) / of_part) {}
  int64_t first(int64_t part) const { return part * of_part; }
  int64_t size(int64_t part) const { return std::min(of_part, rows - first(part)); }
  template <class Body>
  void each(Body body) const {
    in_parts(count, rows * channels, [&](int64_t from, int64_t to) {
      for (int64_t part = from; part < to; ++part) body(part, first(part), size(part));
    });
  }
};

/// Mean and biased variance of each channel, [C] in float64.
template <class T>
std::pair<std::vector<double>, std::vector<double>> moments(const T *x, const Parts &parts) {
  std::vector<float> means(parts.count * parts.channels), squares(parts.count * parts.channels);
  parts.each([&](int64_t part, int64_t first, int64_t rows) {
    batch_norm::moments(x + first * parts.channels, rows, parts.channels, &means[part * parts.channels],
                        &squares[part * parts.channels]);
  });
  std::vector<double> mean(parts.channels), variance(parts.channels);
  for (int64_t part = 0; part < parts.count; ++part)
    for (int64_t c = 0; c < parts.channels; ++c)
      mean[c] += double(parts.size(part)) * means[part * parts.channels + c];
  for (double &value : mean) value /= double(parts.rows);
  for (int64_t part = 0; part < parts.count; ++part)
    for (int64_t c = 0; c < parts.channels; ++c) {
      double gap = means[part * parts.channels + c] - mean[c];
      variance[c] += squares[part * parts.channels + c] + double(parts.size(part)) * gap * gap;
    }
  for (double &value : variance) value /= double(parts.rows);
  return {mean, variance};
}

/// As the loops take it: bfloat16 by its bits. Not by the typed functions of libtorch, whose names Clang and GCC spell differently
/// in some of its versions.
template <class T>
const T *in(const at::Tensor &x) { return static_cast<const T *>(x.const_data_ptr()); }
template <class T>
T *out(const at::Tensor &x) { return static_cast<T *>(x.mutable_data_ptr()); }

batch_norm::Channels channels(const at::Tensor &mean, const at::Tensor &scale, const at::Tensor &shift) {
  return {mean.numel(), in<float>(mean), in<float>(scale), in<float>(shift)};
}

void move_towards(const std::optional<at::Tensor> &running, const std::vector<double> &to, double factor, double momentum) {
  if (!running || momentum == 0) return;
  float *value = running->mutable_data_ptr<float>();
  for (size_t c = 0; c < to.size(); ++c) value[c] += float(momentum * (factor * to[c] - value[c]));
}

struct BatchNorm : torch::autograd::Function<BatchNorm> {
  template <class T>
  static at::Tensor answer(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                           const std::optional<at::Tensor> &added, const std::optional<at::Tensor> &running_mean,
                           const std::optional<at::Tensor> &running_variance, double momentum, double eps,
                           Activation activation) {
    Parts parts(x);
    auto [mean, variance] = moments(in<T>(x), parts);
    auto centre = at::empty_like(weight), deviation = at::empty_like(weight), scale = at::empty_like(weight);
    for (int64_t c = 0; c < parts.channels; ++c) {
      double inverse = 1 / std::sqrt(variance[c] + eps);
      centre.mutable_data_ptr<float>()[c] = float(mean[c]);
      deviation.mutable_data_ptr<float>()[c] = float(inverse);
      scale.mutable_data_ptr<float>()[c] = float(in<float>(weight)[c] * inverse);
    }
    move_towards(running_mean, mean, 1, momentum);
    move_towards(running_variance, variance, double(parts.rows) / double(parts.rows - 1), momentum);
    auto y = at::empty_like(x);
    auto by = channels(centre, scale, bias);
    parts.each([&](int64_t, int64_t first, int64_t rows) {
      int64_t at = first * parts.channels;
      batch_norm::forward(in<T>(x) + at, added ? in<T>(*added) + at : nullptr, out<T>(y) + at, rows, by, activation);
    });
    bool reads_answer = added && activation != Activation::identity;
    context->save_for_backward({x, scale, bias, centre, deviation, reads_answer ? y : at::Tensor()});
    return y;
  }

  static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                            const std::optional<at::Tensor> &added, const std::optional<at::Tensor> &running_mean,
                            const std::optional<at::Tensor> &running_variance, double momentum, double eps,
                            int64_t activation) {
    context->saved_data["activation"] = activation;
    context->saved_data["added"] = added.has_value();
    auto plain = channels_last(x);
    auto beside = added ? std::optional(channels_last(*added)) : std::nullopt;
    auto each = x.scalar_type() == at::kBFloat16 ? answer<uint16_t> : answer<float>;
    return each(context, plain, weight.contiguous(), bias.contiguous(), beside, running_mean, running_variance, momentum,
                eps, Activation(activation));
  }

  template <class T>
  static variable_list gradients(AutogradContext *context, const at::Tensor &dy) {
    auto saved = context->get_saved_variables();
    auto x = saved[0], scale = saved[1], bias = saved[2], mean = saved[3], deviation = saved[4], y = saved[5];
    auto activation = Activation(context->saved_data["activation"].toInt());
    Parts parts(x);
    auto by = channels(mean, scale, bias);
    auto g = y.defined() ? at::empty_like(x) : dy;
    std::vector<float> plain(parts.count * parts.channels), centred(parts.count * parts.channels);
    parts.each([&](int64_t part, int64_t first, int64_t rows) {
      int64_t at = first * parts.channels;
      batch_norm::sums(in<T>(x) + at, in<T>(dy) + at, y.defined() ? in<T>(y) + at : nullptr,
                       y.defined() ? out<T>(g) + at : nullptr, rows, by, activation, &plain[part * parts.channels],
                       &centred[part * parts.channels]);
    });
    auto of_weight = at::empty_like(scale), of_bias = at::empty_like(scale);
    std::vector<float> level(parts.channels), tilt(parts.channels);
    for (int64_t c = 0; c < parts.channels; ++c) {
      double sum = 0, moment = 0;
      for (int64_t part = 0; part < parts.count; ++part) {
        sum += plain[part * parts.channels + c];
        moment += centred[part * parts.channels + c];
      }
      double a = by.scale[c], inverse = in<float>(deviation)[c], rows = double(parts.rows);
      of_bias.mutable_data_ptr<float>()[c] = float(sum);
      of_weight.mutable_data_ptr<float>()[c] = float(moment * inverse);
      level[c] = float(a * sum / rows);
      tilt[c] = float(a * moment * inverse * inverse / rows);
    }
    at::Tensor of_x;
    if (context->needs_input_grad(0)) {
      of_x = at::empty_like(x);
      parts.each([&](int64_t, int64_t first, int64_t rows) {
        int64_t at = first * parts.channels;
        batch_norm::backward(in<T>(x) + at, in<T>(g) + at, out<T>(of_x) + at, rows, by, level.data(), tilt.data(),
                             y.defined() ? Activation::identity : activation);
      });
    }
    return {of_x, of_weight, of_bias, context->saved_data["added"].toBool() ? g : at::Tensor(), {}, {}, {}, {}, {}};
  }

  static variable_list backward(AutogradContext *context, variable_list grads) {
    auto dy = channels_last(grads[0]);
    return dy.scalar_type() == at::kBFloat16 ? gradients<uint16_t>(context, dy) : gradients<float>(context, dy);
  }
};

/// Whether the loops know the layout and the types.
bool serves(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias, const std::optional<at::Tensor> &added,
            const std::optional<at::Tensor> &mean, const std::optional<at::Tensor> &variance) {
  auto single = [&](const at::Tensor &t) {
    return t.is_cpu() && t.scalar_type() == at::kFloat && t.dim() == 1 && t.size(0) == x.size(1) && t.is_contiguous();
  };
  return x.is_cpu() && x.dim() == 4 && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16) &&
         x.suggest_memory_format() == at::MemoryFormat::ChannelsLast && x.numel() > x.size(1) && single(weight) &&
         single(bias) && (!mean || single(*mean)) && (!variance || single(*variance)) &&
         (!added || (added->sizes() == x.sizes() && added->scalar_type() == x.scalar_type() && added->is_cpu()));
}

}  // namespace

ct_tensor ct_batch_norm(ct_tensor x, ct_tensor weight, ct_tensor bias, ct_tensor mean, ct_tensor variance,
                        ct_tensor added, bool training, double momentum, double eps, int activation) {
  return make([&] {
    auto kind = activation == CT_RELU ? Activation::relu : activation == CT_RELU6 ? Activation::relu6 : Activation::identity;
    TORCH_CHECK(activation != CT_SILU, "batch normalisation has ReLU, ReLU6 or nothing behind it");
    if (training && serves(ref(x), ref(weight), ref(bias), maybe(added), maybe(mean), maybe(variance))) {
      c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
      return BatchNorm::apply(ref(x), ref(weight), ref(bias), maybe(added), maybe(mean), maybe(variance), momentum, eps,
                              int64_t(kind));
    }
    auto z = at::batch_norm(ref(x), ref(weight), ref(bias), maybe(mean), maybe(variance), training, momentum, eps,
                            /*cudnn_enabled=*/true);
    return activated(added ? z + ref(added) : z, kind);
  });
}
