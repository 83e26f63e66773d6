// The inside of an inverted residual block in bfloat16 as one operation, on processors that multiply pairs of it but no tiles: expand by 1 × 1,
// normalise, filter each channel, normalise, project by 1 × 1.
//
// Maps of the expanded channels are the largest of a network. Forward, they cross memory four times, as results of expansion and filter and
// to be read by what follows; one step after another it is ten times. Back it is eight times in place of eighteen. What stands between
// two products is computed for a chunk of rows while that is in the cache, and again for the gradient.
#include "bfloat16_products.h"
#include "depthwise_passes.h"
#include "matrices.h"

using namespace ct;

#if defined(__x86_64__)
namespace {

/// Rows of expanded maps in chunks of about 96 KiB, and these in groups of which each has sums of its own for a gradient of so many values.
/// Both follow from the shape alone, which leaves the gradients to at most 16 threads, 4 where a weight is large.
struct Chunks {
  int64_t rows, of_chunk, count, groups;
  Chunks(int64_t rows, int64_t channels, int64_t values) : rows(rows) {
    constexpr int64_t least = 4 * products::tall;
    of_chunk = least * std::clamp<int64_t>((96 << 10) / (2 * channels * least), 1, 8);
    count = (rows + of_chunk - 1) / of_chunk;
    groups = 4 * values > (256 << 10) ? 4 : 16;
    groups = std::min(groups, count);
  }
  int64_t first(int64_t chunk) const { return chunk * of_chunk; }
  int64_t size(int64_t chunk) const { return std::min(of_chunk, rows - first(chunk)); }
  int64_t pairs(int64_t chunk) const { return (size(chunk) + 1) / 2; }
  /// `body` for each chunk of the groups from `from` to before `to`: the chunk, its group, and whether it is the first of that.
  template <class Body>
  void of_groups(int64_t from, int64_t to, Body body) const {
    for (int64_t group = from; group < to; ++group) {
      int64_t first = group * count / groups, last = (group + 1) * count / groups;
      for (int64_t chunk = first; chunk < last; ++chunk) body(chunk, group, chunk == first);
    }
  }
};

/// Not yet written.
std::unique_ptr<uint16_t[]> halves(int64_t count) { return std::make_unique_for_overwrite<uint16_t[]>(count); }

struct InvertedBottleneck : torch::autograd::Function<InvertedBottleneck> {
  using T = uint16_t;

  static at::Tensor forward(AutogradContext *context, const at::Tensor &maps, const at::Tensor &expand,
                            const at::Tensor &weight, const at::Tensor &bias, const at::Tensor &kernel,
                            const at::Tensor &next_weight, const at::Tensor &next_bias, const at::Tensor &project,
                            const DepthwiseForm &form) {
    auto x = channels_last(maps);
    int64_t inputs = x.size(1), middle = expand.size(0), outputs = project.size(0);
    auto x1 = at::empty({x.size(0), middle, x.size(2), x.size(3)}, x.options(), at::MemoryFormat::ChannelsLast);
    auto s = form.shape(x1, kernel);
    Chunks chunks(x.numel() / inputs, middle, middle * inputs);
    PartSums means(chunks.count, middle), squares(chunks.count, middle);
    auto packed = packed_transposed(expand);
    in_parts(chunks.count, x.numel() * middle, [&](int64_t from, int64_t to) {
      for (int64_t chunk = from; chunk < to; ++chunk) {
        T *rows = out<T>(x1) + chunks.first(chunk) * middle;
        products::multiply(in<T>(x) + chunks.first(chunk) * inputs, packed.get(), rows, chunks.size(chunk), inputs, middle);
        batch_norm::moments(rows, chunks.size(chunk), middle, means[chunk], squares[chunk]);
      }
    });
    Moments found(means, squares, chunks.count, [&](int64_t chunk) { return chunks.size(chunk); });
    auto norm = form.before.learned(found, weight, bias);

    auto z = at::empty({s.images, middle, s.out_height, s.out_width}, x.options(), at::MemoryFormat::ChannelsLast);
    auto next_found = filter<T>(x1, norm, form.before.activation, kernel, z, s);
    auto next = form.after.learned(next_found, next_weight, next_bias);

    auto y = at::empty({s.images, outputs, s.out_height, s.out_width}, x.options(), at::MemoryFormat::ChannelsLast);
    Chunks results(z.numel() / middle, middle, middle * outputs);
    auto by = next.by();
    packed = packed_transposed(project);
    in_parts(results.count, z.numel() * outputs, [&](int64_t from, int64_t to) {
      auto active = halves(results.of_chunk * middle);
      for (int64_t chunk = from; chunk < to; ++chunk) {
        int64_t first = results.first(chunk), rows = results.size(chunk);
        batch_norm::forward<T>(in<T>(z) + first * middle, nullptr, active.get(), rows, by, form.after.activation);
        products::multiply(active.get(), packed.get(), out<T>(y) + first * outputs, rows, middle, outputs);
      }
    });
    variable_list kept = {x, x1, z, expand, kernel, project};
    norm.keep(kept);
    next.keep(kept);
    context->save_for_backward(kept);
    form.keep(context);
    return y;
  }

  static variable_list backward(AutogradContext *context, variable_list grads) {
    auto saved = context->get_saved_variables();
    auto x = saved[0], x1 = saved[1], z = saved[2], expand = saved[3], kernel = saved[4], project = saved[5];
    Normalization norm(saved, 6), next(saved, 10);
    DepthwiseForm form(context);
    auto dy = channels_last(grads[0]);
    int64_t inputs = x.size(1), middle = x1.size(1), outputs = dy.size(1);

    // Asked here: on another thread autograd does not know its task.
    bool learns_x = context->needs_input_grad(0), learns_expand = context->needs_input_grad(1);
    bool learns_project = context->needs_input_grad(7);

    // Through the projection: what it was given is computed again.
    auto of_active = at::empty_like(z);
    Chunks results(z.numel() / middle, middle, middle * outputs);
    GradientSums of_project(results.groups, outputs, middle);
    PartSums next_plain(results.count, middle), next_centred(results.count, middle);
    auto by = next.by();
    auto packed = packed_rows(project);
    in_parts(results.groups, z.numel() * outputs, [&](int64_t from, int64_t to) {
      auto active = halves(results.of_chunk * middle);
      auto left = words(results.of_chunk / 2 * products::padded(outputs));
      auto right = words(results.of_chunk / 2 * products::padded(middle));
      results.of_groups(from, to, [&](int64_t chunk, int64_t group, bool is_first) {
        int64_t first = results.first(chunk), rows = results.size(chunk);
        const T *slopes = in<T>(dy) + first * outputs, *values = in<T>(z) + first * middle;
        T *given = out<T>(of_active) + first * middle;
        products::multiply(slopes, packed.get(), given, rows, outputs, middle);
        batch_norm::sums<T>(values, given, nullptr, nullptr, rows, by, form.after.activation, next_plain[chunk],
                            next_centred[chunk]);
        if (!learns_project) return;
        batch_norm::forward<T>(values, nullptr, active.get(), rows, by, form.after.activation);
        products::pair_rows(slopes, rows, outputs, outputs, left.get(), products::padded(outputs));
        products::pair_rows(active.get(), rows, middle, middle, right.get(), products::padded(middle));
        products::accumulate(left.get(), products::padded(outputs), outputs, right.get(), products::padded(middle),
                             results.pairs(chunk), of_project[group], is_first);
      });
    });
    Slopes next_slopes(next_plain, next_centred, next, results.rows);
    auto inside = filter_gradient<T>(x1, z, of_active, kernel, norm, next, next_slopes, form);

    // Through the expansion.
    at::Tensor of_x = learns_x ? at::empty_like(x) : at::Tensor();
    Chunks chunks(x.numel() / inputs, middle, middle * inputs);
    GradientSums of_expand(chunks.groups, middle, inputs);
    Slopes slopes(inside.plain, inside.centred, norm, chunks.rows);
    auto before = norm.by();
    packed = packed_rows(expand);
    in_parts(learns_x || learns_expand ? chunks.groups : 0, x.numel() * middle, [&](int64_t from, int64_t to) {
      auto given = halves(chunks.of_chunk * middle);
      auto left = words(chunks.of_chunk / 2 * products::padded(middle));
      auto right = words(chunks.of_chunk / 2 * products::padded(inputs));
      chunks.of_groups(from, to, [&](int64_t chunk, int64_t group, bool is_first) {
        int64_t first = chunks.first(chunk), rows = chunks.size(chunk);
        batch_norm::backward<T>(in<T>(x1) + first * middle, in<T>(inside.g) + first * middle, given.get(), rows, before,
                                slopes.level.data(), slopes.tilt.data(), batch_norm::Activation::identity);
        if (learns_x) products::multiply(given.get(), packed.get(), out<T>(of_x) + first * inputs, rows, middle, inputs);
        if (!learns_expand) return;
        products::pair_rows(given.get(), rows, middle, middle, left.get(), products::padded(middle));
        products::pair_rows(in<T>(x) + first * inputs, rows, inputs, inputs, right.get(), products::padded(inputs));
        products::accumulate(left.get(), products::padded(middle), middle, right.get(), products::padded(inputs),
                             chunks.pairs(chunk), of_expand[group], is_first);
      });
    });
    auto total = [](bool learns, const GradientSums &sums) { return learns ? sums.total() : at::Tensor(); };
    return {of_x, total(learns_expand, of_expand), slopes.of_weight, slopes.of_bias, inside.of_kernel,
            next_slopes.of_weight, next_slopes.of_bias, total(learns_project, of_project), {}};
  }
};

}  // namespace
#endif

bool ct_inverted_bottleneck_serves(ct_tensor x, ct_tensor expand, const ct_depthwise *filter, ct_tensor project) {
#if defined(__x86_64__)
  const auto &wider = ref(expand), &narrower = ref(project);
  if (!has_statistics(ref(x)) || !products::serve() || ref(x).scalar_type() != at::kBFloat16 || !casts_to_bfloat16()) return false;
  auto is_matrix = [](const at::Tensor &t, int64_t inputs) {
    return t.is_cpu() && t.scalar_type() == at::kFloat && t.dim() == 4 && t.size(1) == inputs && t.size(2) == 1 &&
           t.size(3) == 1 && inputs % 2 == 0 && t.size(0) % 2 == 0;
  };
  int64_t middle = wider.size(0);
  // What the processor's cache holds crosses no memory: one step after another is as fast then.
  if (ref(x).numel() / ref(x).size(1) * middle * 2 < (4 << 20)) return false;
  return is_matrix(wider, ref(x).size(1)) && is_matrix(narrower, middle) && serves(*filter, middle) &&
         DepthwiseForm(*filter).has_variance(ref(x));
#else
  return false;
#endif
}

ct_tensor ct_inverted_bottleneck(ct_tensor x, ct_tensor expand, const ct_depthwise *filter, ct_tensor project) {
  return make([&]() -> at::Tensor {
#if defined(__x86_64__)
    DepthwiseForm form(*filter);
    form.check(ref(x), ref(filter->kernel));
    c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
    return InvertedBottleneck::apply(ref(x), ref(expand), ref(filter->before.weight), ref(filter->before.bias),
                                     ref(filter->kernel), ref(filter->after.weight), ref(filter->after.bias), ref(project),
                                     form);
#else
    TORCH_CHECK(false, "this processor has no such operation");
#endif
  });
}
