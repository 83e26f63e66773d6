#pragma once
// Loops on libtorch's threads.
#include <ATen/Parallel.h>
#include <ATen/TensorIterator.h>

namespace ct {

/// What reading and writing one value takes, in multiplications of a product of matrices.
constexpr int64_t moving = 16;

/// Calls `body` with parts of 0 ..< count, on libtorch's threads where `work` multiplications are worth it.
template <class Body>
void in_parts(int64_t count, int64_t work, Body body) {
  if (work < 200'000 || at::get_num_threads() == 1) return body(0, count);
  // This library is compiled without OpenMP, libtorch's loop over a tensor is not: one byte for each part, told by its place.
  auto places = at::empty({count}, at::kByte);
  auto base = static_cast<const char *>(places.const_data_ptr());
  at::TensorIterator::nullary_op(places).for_each(
      [&](char **data, const int64_t *, int64_t inner, int64_t outer) {
        int64_t first = data[0] - base;
        body(first, first + inner * outer);
      },
      /*grain_size=*/1);
}

}  // namespace ct
