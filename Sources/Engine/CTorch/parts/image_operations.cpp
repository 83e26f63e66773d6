// Operations on bytes of images [N, H, W, 3], an amount for each image, with the values of those of the module Imaging, on every device.
//
// Each product and sum is an operation of its own, for one kernel of several would round once where Imaging rounds twice; what is divided by is
// a tensor of the device, for by a number CUDA multiplies with its reciprocal; and nothing is cast to bytes that lies outside 0...255, where
// devices differ.
#include "guard.h"

using namespace ct;

namespace {

at::Tensor images_of(ct_tensor x) {
  auto &images = ref(x);
  TORCH_CHECK(images.dim() == 4 && images.size(3) == 3 && images.scalar_type() == at::kByte, "expected bytes [N, H, W, 3]");
  return images.contiguous();
}

/// The amounts of N images, [N] or [N, K], of which this is one, as [N, 1, 1, 1].
at::Tensor amount(ct_tensor amounts, int64_t place = 0) {
  auto &all = ref(amounts);
  return (all.dim() == 1 ? all : all.select(1, place)).view({-1, 1, 1, 1});
}

at::Tensor bytes(const at::Tensor &values) { return values.clamp(0, 255).to(at::kByte); }

/// The weights of ITU-R BT.601 in 1/65536, as Imaging has them: [N, H, W, 1] in int32.
at::Tensor grey(const at::Tensor &levels) {
  auto part = [&](int64_t channel, int64_t weight) { return levels.narrow(3, channel, 1).mul(weight); };
  return part(0, 19589).add_(part(1, 38470)).add_(part(2, 7471)).bitwise_right_shift(at::Scalar(16));
}

/// Element `value` of each image's table of a channel, [N, 3, 256] or [N, 1, 256] for all three.
at::Tensor looked_up(const at::Tensor &images, const at::Tensor &tables) {
  const auto count = images.size(0), area = images.size(1) * images.size(2);
  auto places = images.view({count, area, 3}).permute({0, 2, 1}).to(at::kLong);
  return tables.expand({count, 3, 256}).gather(2, places).permute({0, 2, 1}).contiguous().view(images.sizes());
}

at::Tensor range(int64_t end, const at::Tensor &like, at::ScalarType type) {
  return at::arange(end, like.options().dtype(type));
}

}  // namespace

ct_tensor ct_images_warped(ct_tensor x, ct_tensor warps) {
  return make([&]() -> at::Tensor {
    auto images = images_of(x);
    const auto count = images.size(0), height = images.size(1), width = images.size(2);
    auto part = [&](int64_t place) { return ref(warps).select(1, place).view({-1, 1, 1}); };
    auto along = [&](int64_t length, int64_t centre) { return range(length, images, at::kDouble).add_(0.5).sub(part(centre)); };
    auto right = along(width, 6), down = along(height, 7).transpose(1, 2);
    auto dx = part(2).mul(down).add(right), dy = part(3).mul(right).add(down);
    auto u = part(0).mul(dx).add_(part(1).mul(dy)).add_(part(4)), v = part(0).mul(dy).sub_(part(1).mul(dx)).add_(part(5));
    auto inside = u.ge(0).logical_and_(u.lt(width)).logical_and_(v.ge(0)).logical_and_(v.lt(height));
    auto from = v.clamp_(0, height - 1).to(at::kLong).mul_(width).add_(u.clamp_(0, width - 1).to(at::kLong));
    auto first = range(count, images, at::kLong).mul_(height * width).view({-1, 1, 1});
    auto moved = images.view({-1, 3}).index_select(0, from.add_(first).view(-1)).view(images.sizes());
    return moved.mul_(inside.unsqueeze(3));
  });
}

ct_tensor ct_images_blended(ct_tensor x, ct_tensor factors, ct_tensor towards_grey) {
  return make([&]() -> at::Tensor {
    auto images = images_of(x);
    auto sums = grey(images.to(at::kInt)).sum({1, 2, 3}, true, at::kLong).to(at::kDouble);
    auto area = at::full({1, 1, 1, 1}, static_cast<double>(images.size(1) * images.size(2)), sums.options());
    auto anchor = sums.div(area).to(at::kFloat).mul_(amount(towards_grey));
    return bytes(images.to(at::kFloat).mul_(amount(factors)).add_(anchor.mul_(amount(factors, 1))));
  });
}

ct_tensor ct_images_saturated(ct_tensor x, ct_tensor scales) {
  return make([&]() -> at::Tensor {
    auto levels = images_of(x).to(at::kInt);
    auto anchor = grey(levels).mul_(amount(scales).neg().add_(65536));
    return bytes(levels.mul(amount(scales)).add_(anchor).bitwise_right_shift_(at::Scalar(16)));
  });
}

ct_tensor ct_images_hue_turned(ct_tensor x, ct_tensor turns) {
  return make([&]() -> at::Tensor {
    auto levels = images_of(x).to(at::kFloat);
    auto r = levels.narrow(3, 0, 1), g = levels.narrow(3, 1, 1), b = levels.narrow(3, 2, 1);
    auto brightest = levels.amax({3}, true), darkest = levels.amin({3}, true);
    auto spread = brightest.sub(darkest);
    auto is_grey = spread.eq(0);
    auto divisor = at::where(is_grey, at::ones_like(spread), spread);
    auto red = g.sub(b).div_(divisor);
    red = at::where(g.ge(b), red, red.add(6));
    auto green = b.sub(r).div_(divisor).add_(2), blue = r.sub(g).div_(divisor).add_(4);
    auto hue = at::where(brightest.eq(r), red, at::where(brightest.eq(g), green, blue));
    auto place = at::where(is_grey, at::zeros_like(hue), hue).add_(amount(turns));
    place = at::where(place.lt(0), place.add(6), place);
    place = at::where(place.ge(6), place.sub(6), place);
    auto own = range(3, levels, at::kFloat).mul_(2).view({1, 1, 1, 3});
    auto apart = place.sub(own).abs_();
    auto share = at::minimum(apart, apart.neg().add_(6)).neg_().add_(2).clamp_(0, 1);
    // A tensor, for a number would be one of float64 for the processor's kernel.
    auto upwards = at::full({1, 1, 1, 1}, 255.999f / 255.0f, levels.options());
    return bytes(share.mul_(spread).add_(darkest).mul_(upwards));
  });
}

ct_tensor ct_images_mapped(ct_tensor x, ct_tensor tables) {
  return make([&]() -> at::Tensor {
    return looked_up(images_of(x), ref(tables).unsqueeze(1));
  });
}

ct_tensor ct_images_stretched(ct_tensor x) {
  return make([&]() -> at::Tensor {
    auto images = images_of(x);
    auto low = images.amin({1, 2}).to(at::kDouble).unsqueeze(2), high = images.amax({1, 2}).to(at::kDouble).unsqueeze(2);
    auto spread = high.sub(low);
    auto is_flat = spread.eq(0);
    auto scale = at::full_like(spread, 255).div(at::where(is_flat, at::ones_like(spread), spread));
    auto values = range(256, images, at::kDouble).view({1, 1, 256});
    auto tables = bytes(values.mul(scale).sub(low.mul(scale)));
    return looked_up(images, at::where(is_flat, values.to(at::kByte), tables));
  });
}

ct_tensor ct_images_equalized(ct_tensor x) {
  return make([&]() -> at::Tensor {
    auto images = images_of(x);
    const auto count = images.size(0);
    auto channels = images.view({count, images.size(1) * images.size(2), 3}).permute({0, 2, 1}).to(at::kLong);
    auto counts = at::zeros({count, 3, 256}, channels.options()).scatter_add_(2, channels, at::ones({1}, channels.options()).expand_as(channels));
    auto values = range(256, images, at::kLong).view({1, 1, 256});
    auto last = values.mul(counts.gt(0)).amax({2}, true);
    auto step = counts.sum({2}, true).sub(counts.gather(2, last)).div(at::full({1}, 255, counts.options()), "floor");
    // Of one value alone the step is 0, too.
    auto is_kept = step.eq(0);
    auto divisor = step.clamp_min(1);
    auto before = counts.cumsum(2).sub(counts).add_(divisor.div(at::full({1}, 2, counts.options()), "floor"));
    auto tables = before.div_(divisor, "floor").clamp_max_(255);
    return looked_up(images, at::where(is_kept, values, tables).to(at::kByte));
  });
}

ct_tensor ct_images_sharpened(ct_tensor x, ct_tensor factors) {
  return make([&]() -> at::Tensor {
    auto images = images_of(x);
    const auto height = images.size(1), width = images.size(2);
    if (height < 3 || width < 3) return images;
    auto levels = images.to(at::kInt);
    auto moved = [&](int64_t down, int64_t right) { return levels.narrow(1, down, height - 2).narrow(2, right, width - 2); };
    auto sums = moved(1, 1).mul(4);
    for (int64_t down = 0; down < 3; ++down)
      for (int64_t right = 0; right < 3; ++right) sums.add_(moved(down, right));
    auto smooth = sums.mul_(2).add_(13).div(at::full({1}, 26, sums.options()), "floor").to(at::kFloat);
    auto sharp = moved(1, 1).to(at::kFloat).sub_(smooth).mul_(amount(factors)).add_(smooth);
    auto result = images.clone();
    result.narrow(1, 1, height - 2).narrow(2, 1, width - 2).copy_(bytes(sharp));
    return result;
  });
}

ct_tensor ct_images_covered(ct_tensor x, ct_tensor sides, int level) {
  return make([&]() -> at::Tensor {
    auto images = images_of(x);
    auto within = [&](int64_t length, int64_t first) {
      auto place = range(length, images, at::kLong).view({1, -1});
      return place.ge(ref(sides).narrow(1, first, 1)).logical_and_(place.lt(ref(sides).narrow(1, first + 1, 1)));
    };
    auto columns = within(images.size(2), 0).view({-1, 1, images.size(2), 1});
    auto rows = within(images.size(1), 2).view({-1, images.size(1), 1, 1});
    return images.masked_fill(columns.logical_and(rows), level);
  });
}
