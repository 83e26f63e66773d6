// Batch normalisation of training with what is added to it and its activation, on the processor: libtorch makes a pass over memory for
// the sum and one for the activation, and one more for the gradient of the activation.
#include "batch_statistics.h"
#include "differentiable.h"

using namespace ct;

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

struct BatchNorm : torch::autograd::Function<BatchNorm> {
  template <class T>
  static at::Tensor answer(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                           const std::optional<at::Tensor> &added, const Running &running) {
    Parts parts(x);
    auto found = moments<T>(x, parts);
    auto norm = running.learned(found, weight, bias);
    auto y = at::empty_like(x);
    auto by = norm.by();
    parts.each([&](int64_t, int64_t first, int64_t rows) {
      int64_t at = first * parts.channels;
      batch_norm::forward(in<T>(x) + at, added ? in<T>(*added) + at : nullptr, out<T>(y) + at, rows, by,
                          running.activation);
    });
    bool reads_answer = added && running.activation != Activation::identity;
    variable_list kept = {x, reads_answer ? y : at::Tensor()};
    norm.keep(kept);
    context->save_for_backward(kept);
    return y;
  }

  static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                            const std::optional<at::Tensor> &added, const Running &running) {
    context->saved_data["activation"] = int64_t(running.activation);
    context->saved_data["added"] = added.has_value();
    auto plain = channels_last(x);
    auto beside = added ? std::optional(channels_last(*added)) : std::nullopt;
    auto each = x.scalar_type() == at::kBFloat16 ? answer<uint16_t> : answer<float>;
    return each(context, plain, weight.contiguous(), bias.contiguous(), beside, running);
  }

  template <class T>
  static variable_list gradients(AutogradContext *context, const at::Tensor &dy) {
    auto saved = context->get_saved_variables();
    auto x = saved[0], y = saved[1];
    Normalization norm(saved, 2);
    auto activation = Activation(context->saved_data["activation"].toInt());
    Parts parts(x);
    auto by = norm.by();
    auto g = y.defined() ? at::empty_like(x) : dy;
    PartSums plain(parts.count, parts.channels), centred(parts.count, parts.channels);
    parts.each([&](int64_t part, int64_t first, int64_t rows) {
      int64_t at = first * parts.channels;
      batch_norm::sums(in<T>(x) + at, in<T>(dy) + at, y.defined() ? in<T>(y) + at : nullptr,
                       y.defined() ? out<T>(g) + at : nullptr, rows, by, activation, plain[part], centred[part]);
    });
    Slopes slopes(plain, centred, norm, parts.rows);
    at::Tensor of_x;
    if (context->needs_input_grad(0)) {
      of_x = at::empty_like(x);
      parts.each([&](int64_t, int64_t first, int64_t rows) {
        int64_t at = first * parts.channels;
        batch_norm::backward(in<T>(x) + at, in<T>(g) + at, out<T>(of_x) + at, rows, by, slopes.level.data(),
                             slopes.tilt.data(), y.defined() ? Activation::identity : activation);
      });
    }
    return {of_x, slopes.of_weight, slopes.of_bias, context->saved_data["added"].toBool() ? g : at::Tensor(), {}};
  }

  static variable_list backward(AutogradContext *context, variable_list grads) {
    auto dy = channels_last(grads[0]);
    return dy.scalar_type() == at::kBFloat16 ? gradients<uint16_t>(context, dy) : gradients<float>(context, dy);
  }
};

/// Whether the loops know the layout and the types.
bool serves(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias, const std::optional<at::Tensor> &added,
            const Running &running) {
  int64_t channels = x.size(1);
  return has_statistics(x) && is_of_channels(weight, channels) && is_of_channels(bias, channels) &&
         is_of_channels(running.mean, channels) && is_of_channels(running.variance, channels) &&
         (!added || (added->sizes() == x.sizes() && added->scalar_type() == x.scalar_type() && added->is_cpu()));
}

}  // namespace

ct_tensor ct_batch_norm(ct_tensor x, const ct_normalization *norm, ct_tensor added, bool training) {
  return make([&] {
    Running running(*norm);
    const auto &weight = ref(norm->weight), &bias = ref(norm->bias);
    if (training && serves(ref(x), weight, bias, maybe(added), running)) {
      c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
      return BatchNorm::apply(ref(x), weight, bias, maybe(added), running);
    }
    auto z = at::batch_norm(ref(x), weight, bias, running.mean, running.variance, training, running.momentum, running.eps,
                            /*cudnn_enabled=*/true);
    return activated(added ? z + ref(added) : z, running.activation);
  });
}
