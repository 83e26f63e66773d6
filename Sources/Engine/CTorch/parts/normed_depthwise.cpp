// A batch normalisation of training, its activation, a depthwise convolution and the next batch normalisation with its activation as
// one operation, on the processor: the middle of an inverted residual block, whose maps are the largest of a network.
#include "depthwise_passes.h"

using namespace ct;

namespace {

struct NormedDepthwise : torch::autograd::Function<NormedDepthwise> {
  template <class T>
  static at::Tensor answer(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                           const at::Tensor &kernel, const at::Tensor &next_weight, const at::Tensor &next_bias,
                           const DepthwiseForm &form) {
    auto s = form.shape(x, kernel);
    auto found = moments<T>(x, Parts(x));
    auto norm = form.before.learned(found, weight, bias);
    auto z = at::empty({s.images, s.channels, s.out_height, s.out_width}, x.options(), at::MemoryFormat::ChannelsLast);
    auto next_found = filter<T>(x, norm, form.before.activation, kernel, z, s);
    auto next = form.after.learned(next_found, next_weight, next_bias);
    auto y = at::empty_like(z);
    Parts parts(z);
    auto by = next.by();
    parts.each([&](int64_t, int64_t first, int64_t rows) {
      int64_t at = first * s.channels;
      batch_norm::forward<T>(in<T>(z) + at, nullptr, out<T>(y) + at, rows, by, form.after.activation);
    });
    variable_list kept = {x, z, kernel};
    norm.keep(kept);
    next.keep(kept);
    context->save_for_backward(kept);
    form.keep(context);
    return y;
  }

  static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                            const at::Tensor &kernel, const at::Tensor &next_weight, const at::Tensor &next_bias,
                            const DepthwiseForm &form) {
    auto each = x.scalar_type() == at::kBFloat16 ? answer<uint16_t> : answer<float>;
    return each(context, channels_last(x), weight, bias, kernel, next_weight, next_bias, form);
  }

  template <class T>
  static variable_list gradients(AutogradContext *context, const at::Tensor &dy) {
    auto saved = context->get_saved_variables();
    auto x = saved[0], z = saved[1], kernel = saved[2];
    Normalization norm(saved, 3), next(saved, 7);
    DepthwiseForm form(context);
    Parts rows(z);
    auto by = next.by();
    PartSums plain(rows.count, rows.channels), centred(rows.count, rows.channels);
    rows.each([&](int64_t part, int64_t first, int64_t count) {
      int64_t at = first * rows.channels;
      batch_norm::sums<T>(in<T>(z) + at, in<T>(dy) + at, nullptr, nullptr, count, by, form.after.activation, plain[part],
                          centred[part]);
    });
    Slopes next_slopes(plain, centred, next, rows.rows);
    auto before = filter_gradient<T>(x, z, dy, kernel, norm, next, next_slopes, form);
    Slopes slopes(before.plain, before.centred, norm, x.numel() / x.size(1));
    at::Tensor of_x;
    if (context->needs_input_grad(0)) {
      Parts parts(x);
      auto of_rows = norm.by();
      parts.each([&](int64_t, int64_t first, int64_t count) {
        int64_t at = first * parts.channels;
        // g in its place: each value is read before it is written.
        batch_norm::backward<T>(in<T>(x) + at, in<T>(before.g) + at, out<T>(before.g) + at, count, of_rows,
                                slopes.level.data(), slopes.tilt.data(), batch_norm::Activation::identity);
      });
      of_x = before.g;
    }
    return {of_x, slopes.of_weight, slopes.of_bias, before.of_kernel, next_slopes.of_weight, next_slopes.of_bias, {}};
  }

  static variable_list backward(AutogradContext *context, variable_list grads) {
    auto dy = channels_last(grads[0]);
    return dy.scalar_type() == at::kBFloat16 ? gradients<uint16_t>(context, dy) : gradients<float>(context, dy);
  }
};

}  // namespace

bool ct_normed_depthwise_serves(ct_tensor x, const ct_depthwise *filter) {
  // Autocast would make another type of it first.
  bool cast = at::autocast::is_autocast_enabled(at::kCPU) &&
              at::autocast::get_autocast_dtype(at::kCPU) != ref(x).scalar_type();
  return !cast && has_statistics(ref(x)) && serves(*filter, ref(x).size(1)) && DepthwiseForm(*filter).has_variance(ref(x));
}

ct_tensor ct_normed_depthwise(ct_tensor x, const ct_depthwise *filter) {
  return make([&] {
    DepthwiseForm form(*filter);
    form.check(ref(x), ref(filter->kernel));
    c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
    return NormedDepthwise::apply(ref(x), ref(filter->before.weight), ref(filter->before.bias), ref(filter->kernel),
                                  ref(filter->after.weight), ref(filter->after.bias), form);
  });
}
