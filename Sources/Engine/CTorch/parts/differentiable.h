#pragma once
// What operations with gradients of their own are made of.
#include <torch/csrc/autograd/custom_function.h>

namespace ct {
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
}  // namespace ct
