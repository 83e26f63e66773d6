// Convolutions of few channels in bfloat16, as a network's first one of images, and their kernels' gradients as products of matrices, on
// processors that multiply pairs. oneDNN reaches a third of its rate there (120 to 135 of 430 GFLOP/s of two threads, 3 × 3 at stride 2, AMD EPYC).
//
// The K lines of K · I values that a result is made of lie side by side in the image: together they are a row of a matrix [results, K · K · I].
#include "differentiable.h"
#include "matrices.h"

using namespace ct;

#if defined(__x86_64__)
namespace {

/// Results in bands of lines of one image, which follow from the shape alone. `run` values of a line reach a result, `depth` in all, an `even`
/// number with a zero behind them; a line has `across` values with its edges.
struct FewChannels {
  int64_t images, inputs, height, width, outputs, out_height, out_width, kernel, stride, padding;
  int64_t run, depth, even, across, of_band, per_image, bands;

  FewChannels(const at::Tensor &x, const at::Tensor &weight, int64_t stride, int64_t padding)
      : images(x.size(0)), inputs(x.size(1)), height(x.size(2)), width(x.size(3)), outputs(weight.size(0)),
        out_height((height + 2 * padding - weight.size(2)) / stride + 1),
        out_width((width + 2 * padding - weight.size(2)) / stride + 1), kernel(weight.size(2)), stride(stride), padding(padding),
        run(kernel * inputs), depth(kernel * run), even((depth + 1) / 2 * 2), across((width + 2 * padding) * inputs + slack),
        of_band(std::clamp<int64_t>(512 / out_width, 1, out_height)), per_image((out_height + of_band - 1) / of_band),
        bands(images * per_image) {}

  int64_t most_results() const { return of_band * out_width; }
  int64_t first_line(int64_t band) const { return band % per_image * of_band; }
  int64_t lines(int64_t band) const { return std::min(of_band, out_height - first_line(band)); }
  int64_t results(int64_t band) const { return lines(band) * out_width; }
  int64_t first_result(int64_t band) const { return (band / per_image * out_height + first_line(band)) * out_width; }

  /// The rows of a band, [results, even], whose last value is 0 where there are fewer.
  class Rows {
   public:
    explicit Rows(const FewChannels &s)
        : s(s), lines(std::make_unique_for_overwrite<uint16_t[]>(((s.of_band - 1) * s.stride + s.kernel) * s.across)),
          rows(std::make_unique_for_overwrite<uint16_t[]>(s.most_results() * s.even + slack)) {}

    template <class T>
    const uint16_t *of(const T *x, int64_t band) {
      int64_t image = band / s.per_image, top = s.first_line(band) * s.stride - s.padding, count = s.lines(band);
      for (int64_t line = 0; line < (count - 1) * s.stride + s.kernel; ++line) {
        int64_t y = top + line;
        read(y < 0 || y >= s.height ? nullptr : x + (image * s.height + y) * s.width * s.inputs, &lines[line * s.across]);
      }
      for (int64_t h = 0; h < count; ++h) gather(&lines[h * s.stride * s.across], &rows[h * s.out_width * s.even]);
      return rows.get();
    }

   private:
    const FewChannels &s;
    std::unique_ptr<uint16_t[]> lines, rows;

    /// A line between zeros; null is one of zeros.
    template <class T>
    void read(const T *x, uint16_t *to) const {
      int64_t edge = s.padding * s.inputs, count = s.width * s.inputs;
      std::fill_n(to, x ? edge : s.across, 0);
      if (!x) return;
      products::copy_halves(x, count, to + edge);
      std::fill(to + edge + count, to + s.across, 0);
    }

    /// The rows of a line of results, from `kernel` lines. Runs are copied in vectors; what is too much the next run writes over.
    void gather(const uint16_t *from, uint16_t *to) const {
      if (s.run <= slack / 2) return gather([](auto *to, auto *from) { std::memcpy(to, from, slack); }, from, to);
      if (s.run <= slack) return gather([](auto *to, auto *from) { std::memcpy(to, from, 2 * slack); }, from, to);
      gather([run = s.run](auto *to, auto *from) { std::memcpy(to, from, 2 * run); }, from, to);
    }
    template <class Copy>
    void gather(const Copy &copy, const uint16_t *from, uint16_t *to) const {
      for (int64_t w = 0; w < s.out_width; ++w, to += s.even) {
        for (int64_t k = 0; k < s.kernel; ++k) copy(to + k * s.run, from + k * s.across + w * s.stride * s.inputs);
        if (s.even > s.depth) to[s.depth] = 0;
      }
    }
  };

 private:
  /// Values behind an array that a copy of a run may touch.
  static constexpr int64_t slack = 32;
};

/// A weight [O, I, K, K] as a matrix [O, even, 1, 1] in float32, the channels of a tap side by side.
at::Tensor matrix_of(const at::Tensor &weight, const FewChannels &s) {
  auto taps = weight.to(at::kFloat).permute({0, 2, 3, 1}).reshape({s.outputs, s.depth, 1, 1});
  return s.even > s.depth ? at::constant_pad_nd(taps, {0, 0, 0, 0, 0, 1}) : taps;
}

template <class T>
void convolve(const at::Tensor &x, const WordBuffer &packed, const at::Tensor &y, const FewChannels &s) {
  in_parts(s.bands, s.bands * s.most_results() * s.depth * s.outputs, [&](int64_t from, int64_t to) {
    FewChannels::Rows rows(s);
    for (int64_t band = from; band < to; ++band)
      products::multiply(rows.of(in<T>(x), band), packed.get(), out<uint16_t>(y) + s.first_result(band) * s.outputs,
                         s.results(band), s.even, s.outputs);
  });
}

/// The gradient of a weight, [O, I, K, K] in float32, its channels side by side.
template <class T>
at::Tensor kernel_gradient(const at::Tensor &dy, const at::Tensor &x, const FewChannels &s) {
  int64_t groups = std::min<int64_t>(16, s.bands), of_left = products::padded(s.outputs), of_right = products::padded(s.even);
  GradientSums sums(groups, s.outputs, s.even);
  in_parts(groups, s.bands * s.most_results() * s.depth * s.outputs, [&](int64_t from, int64_t to) {
    FewChannels::Rows rows(s);
    int64_t most = (s.most_results() + 1) / 2;
    auto left = words(most * of_left), right = words(most * of_right);
    for (int64_t group = from; group < to; ++group) {
      int64_t first = group * s.bands / groups, last = (group + 1) * s.bands / groups;
      for (int64_t band = first; band < last; ++band) {
        int64_t results = s.results(band);
        products::pair_rows(in<uint16_t>(dy) + s.first_result(band) * s.outputs, results, s.outputs, s.outputs, left.get(), of_left);
        products::pair_rows(rows.of(in<T>(x), band), results, s.even, s.even, right.get(), of_right);
        products::accumulate(left.get(), of_left, s.outputs, right.get(), of_right, (results + 1) / 2, sums[group], band == first);
      }
    }
  });
  auto taps = sums.total().view({s.outputs, s.even}).narrow(1, 0, s.depth);
  return taps.reshape({s.outputs, s.kernel, s.kernel, s.inputs}).permute({0, 3, 1, 2});
}

struct ConvolutionOfFewChannels : torch::autograd::Function<ConvolutionOfFewChannels> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight, int64_t stride,
                            int64_t padding) {
    FewChannels s(x, weight, stride, padding);
    auto y = at::empty({s.images, s.outputs, s.out_height, s.out_width}, x.options().dtype(at::kBFloat16),
                       at::MemoryFormat::ChannelsLast);
    auto packed = packed_transposed(matrix_of(weight, s));
    x.scalar_type() == at::kFloat ? convolve<float>(x, packed, y, s) : convolve<uint16_t>(x, packed, y, s);
    // Image and weight as they are: if one changes before the gradient is asked for, libtorch says so.
    context->save_for_backward({x, weight});
    context->saved_data["form"] = std::vector<int64_t>{stride, padding};
    return y;
  }

  static variable_list backward(AutogradContext *context, variable_list grads) {
    c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
    auto saved = context->get_saved_variables();
    auto x = saved[0], weight = saved[1], dy = channels_last(grads[0]);
    auto form = context->saved_data["form"].toIntVector();
    FewChannels s(x, weight, form[0], form[1]);
    at::Tensor of_x, of_weight;
    if (context->needs_input_grad(0))
      of_x = std::get<0>(at::convolution_backward(dy, x.to(at::kBFloat16), weight.to(at::kBFloat16), at::OptionalIntArrayRef(),
                                                  {s.stride, s.stride}, {s.padding, s.padding}, {1, 1}, /*transposed=*/false,
                                                  {0, 0}, 1, {true, false, false})).to(x.scalar_type());
    if (context->needs_input_grad(1))
      of_weight = (x.scalar_type() == at::kFloat ? kernel_gradient<float>(dy, x, s) : kernel_gradient<uint16_t>(dy, x, s))
                      .to(weight.scalar_type());
    return {of_x, of_weight, {}, {}};
  }
};

}  // namespace
#endif

std::optional<at::Tensor> ct::convolution_few_channels(const at::Tensor &x, const at::Tensor &weight, int64_t stride,
                                                       int64_t padding, int64_t groups) {
#if defined(__x86_64__)
  bool shape = x.dim() == 4 && weight.dim() == 4 && groups == 1 && weight.size(1) == x.size(1) && x.size(1) <= 4 &&
               weight.size(2) == weight.size(3) && weight.size(2) > 1 && x.numel() > 0 && weight.numel() > 0 &&
               stride > 0 && padding >= 0 && std::min(x.size(2), x.size(3)) + 2 * padding >= weight.size(2);
  if (!shape || !products::serve() || !x.is_cpu() || !weight.is_cpu() || !x.is_contiguous(at::MemoryFormat::ChannelsLast))
    return std::nullopt;
  if (!is_multiplied_in_bfloat16(x) || !is_multiplied_in_bfloat16(weight)) return std::nullopt;
  c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
  return ConvolutionOfFewChannels::apply(x, weight, stride, padding);
#else
  return std::nullopt;
#endif
}
