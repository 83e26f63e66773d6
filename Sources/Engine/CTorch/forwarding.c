// Each function of ctorch.h hands its call to the function of the same name in libctorch. The compiler compares what is written here with
// the header; what is missing here is missed by the linker.
#include "loading.h"

const char *ct_error(void) { CT_FORWARD(ct_error); }
const char *ct_version(void) { CT_FORWARD(ct_version); }
int ct_get_threads(void) { CT_FORWARD(ct_get_threads); }
int ct_set_threads(int count) { CT_FORWARD(ct_set_threads, count); }
const char *ct_cpu_capability(void) { CT_FORWARD(ct_cpu_capability); }
int ct_cuda_count(void) { CT_FORWARD(ct_cuda_count); }
bool ct_has_mps(void) { CT_FORWARD(ct_has_mps); }
bool ct_cuda_has_bfloat16(void) { CT_FORWARD(ct_cuda_has_bfloat16); }

// Making, asking, copying
void ct_free(ct_tensor x) { CT_FORWARD(ct_free, x); }
ct_tensor ct_from_bytes(const void *bytes, const int64_t *shape, int rank, int dtype) {
  CT_FORWARD(ct_from_bytes, bytes, shape, rank, dtype);
}
ct_tensor ct_full(const int64_t *shape, int rank, double value, int dtype, int device, int index) {
  CT_FORWARD(ct_full, shape, rank, value, dtype, device, index);
}
ct_tensor ct_empty(const int64_t *shape, int rank, int dtype, int device, int index) {
  CT_FORWARD(ct_empty, shape, rank, dtype, device, index);
}
ct_tensor ct_arange(int64_t end) { CT_FORWARD(ct_arange, end); }
int ct_rank(ct_tensor x) { CT_FORWARD(ct_rank, x); }
int64_t ct_size(ct_tensor x, int dim) { CT_FORWARD(ct_size, x, dim); }
int64_t ct_count(ct_tensor x) { CT_FORWARD(ct_count, x); }
int ct_dtype(ct_tensor x) { CT_FORWARD(ct_dtype, x); }
int ct_device(ct_tensor x, int *index) { CT_FORWARD(ct_device, x, index); }
bool ct_is_channels_last(ct_tensor x) { CT_FORWARD(ct_is_channels_last, x); }
bool ct_is_contiguous(ct_tensor x) { CT_FORWARD(ct_is_contiguous, x); }
double ct_item(ct_tensor x, int *status) { CT_FORWARD(ct_item, x, status); }
int ct_copy_out(ct_tensor x, int dtype, void *bytes, int64_t count) {
  CT_FORWARD(ct_copy_out, x, dtype, bytes, count);
}
const void *ct_data(ct_tensor x) { CT_FORWARD(ct_data, x); }
ct_tensor ct_to_dtype(ct_tensor x, int dtype) { CT_FORWARD(ct_to_dtype, x, dtype); }
ct_tensor ct_to_device(ct_tensor x, int device, int index) { CT_FORWARD(ct_to_device, x, device, index); }
ct_tensor ct_contiguous(ct_tensor x) { CT_FORWARD(ct_contiguous, x); }
ct_tensor ct_channels_last(ct_tensor x) { CT_FORWARD(ct_channels_last, x); }
ct_tensor ct_clone(ct_tensor x) { CT_FORWARD(ct_clone, x); }
ct_tensor ct_detach(ct_tensor x) { CT_FORWARD(ct_detach, x); }
int ct_copy_(ct_tensor x, ct_tensor source) { CT_FORWARD(ct_copy_, x, source); }
int ct_add_(ct_tensor x, ct_tensor other, double scale) { CT_FORWARD(ct_add_, x, other, scale); }
int ct_mul_(ct_tensor x, double factor) { CT_FORWARD(ct_mul_, x, factor); }
int ct_mul_tensor_(ct_tensor x, ct_tensor factor) { CT_FORWARD(ct_mul_tensor_, x, factor); }
int ct_fill_(ct_tensor x, double value) { CT_FORWARD(ct_fill_, x, value); }
int ct_lerp_(ct_tensor x, ct_tensor end, double weight) { CT_FORWARD(ct_lerp_, x, end, weight); }

// Element by element
#define FORWARD_UNARY(name) \
  ct_tensor ct_##name(ct_tensor x) { CT_FORWARD(ct_##name, x); }
#define FORWARD_BINARY(name) \
  ct_tensor ct_##name(ct_tensor x, ct_tensor other) { CT_FORWARD(ct_##name, x, other); }
#define FORWARD_SCALAR(name) \
  ct_tensor ct_##name##_scalar(ct_tensor x, double other) { CT_FORWARD(ct_##name##_scalar, x, other); }
CT_UNARY(FORWARD_UNARY)
CT_BINARY(FORWARD_BINARY)
CT_SCALAR(FORWARD_SCALAR)
ct_tensor ct_clamp(ct_tensor x, double low, double high) { CT_FORWARD(ct_clamp, x, low, high); }
ct_tensor ct_where(ct_tensor mask, ct_tensor x, ct_tensor other) { CT_FORWARD(ct_where, mask, x, other); }

// Shape and choice
ct_tensor ct_reshape(ct_tensor x, const int64_t *shape, int rank) { CT_FORWARD(ct_reshape, x, shape, rank); }
ct_tensor ct_expand(ct_tensor x, const int64_t *shape, int rank) { CT_FORWARD(ct_expand, x, shape, rank); }
ct_tensor ct_permute(ct_tensor x, const int64_t *order, int rank) { CT_FORWARD(ct_permute, x, order, rank); }
ct_tensor ct_transpose(ct_tensor x, int64_t a, int64_t b) { CT_FORWARD(ct_transpose, x, a, b); }
ct_tensor ct_flatten(ct_tensor x, int64_t from) { CT_FORWARD(ct_flatten, x, from); }
ct_tensor ct_squeeze(ct_tensor x, int64_t dim) { CT_FORWARD(ct_squeeze, x, dim); }
ct_tensor ct_unsqueeze(ct_tensor x, int64_t dim) { CT_FORWARD(ct_unsqueeze, x, dim); }
ct_tensor ct_narrow(ct_tensor x, int64_t dim, int64_t start, int64_t length) {
  CT_FORWARD(ct_narrow, x, dim, start, length);
}
ct_tensor ct_flip(ct_tensor x, int64_t dim) { CT_FORWARD(ct_flip, x, dim); }
ct_tensor ct_cat(const ct_tensor *x, int count, int64_t dim) { CT_FORWARD(ct_cat, x, count, dim); }
ct_tensor ct_stack(const ct_tensor *x, int count, int64_t dim) { CT_FORWARD(ct_stack, x, count, dim); }
ct_tensor ct_index_select(ct_tensor x, int64_t dim, ct_tensor indices) {
  CT_FORWARD(ct_index_select, x, dim, indices);
}
ct_tensor ct_gather(ct_tensor x, int64_t dim, ct_tensor indices) { CT_FORWARD(ct_gather, x, dim, indices); }
ct_tensor ct_one_hot(ct_tensor x, int64_t classes) { CT_FORWARD(ct_one_hot, x, classes); }
ct_tensor ct_pad(ct_tensor x, const int64_t *sides, int count, double value) {
  CT_FORWARD(ct_pad, x, sides, count, value);
}

// Reduction
ct_tensor ct_sum(ct_tensor x, const int64_t *dims, int count, bool keep) { CT_FORWARD(ct_sum, x, dims, count, keep); }
ct_tensor ct_mean(ct_tensor x, const int64_t *dims, int count, bool keep) {
  CT_FORWARD(ct_mean, x, dims, count, keep);
}
ct_tensor ct_var(ct_tensor x, const int64_t *dims, int count, bool unbiased, bool keep) {
  CT_FORWARD(ct_var, x, dims, count, unbiased, keep);
}
ct_tensor ct_amax(ct_tensor x, const int64_t *dims, int count, bool keep) {
  CT_FORWARD(ct_amax, x, dims, count, keep);
}
ct_tensor ct_amin(ct_tensor x, const int64_t *dims, int count, bool keep) {
  CT_FORWARD(ct_amin, x, dims, count, keep);
}
ct_tensor ct_eigenvectors(ct_tensor x) { CT_FORWARD(ct_eigenvectors, x); }
ct_tensor ct_norm(ct_tensor x) { CT_FORWARD(ct_norm, x); }
ct_tensor ct_norm_dims(ct_tensor x, const int64_t *dims, int count, bool keep) {
  CT_FORWARD(ct_norm_dims, x, dims, count, keep);
}
ct_tensor ct_argmax(ct_tensor x, int64_t dim) { CT_FORWARD(ct_argmax, x, dim); }
ct_tensor ct_sort(ct_tensor x, int64_t dim, bool descending) { CT_FORWARD(ct_sort, x, dim, descending); }
ct_tensor ct_largest(ct_tensor x, int64_t count, int64_t dim) { CT_FORWARD(ct_largest, x, count, dim); }
ct_tensor ct_logsumexp(ct_tensor x, int64_t dim, bool keep) { CT_FORWARD(ct_logsumexp, x, dim, keep); }
ct_tensor ct_softmax(ct_tensor x, int64_t dim) { CT_FORWARD(ct_softmax, x, dim); }
ct_tensor ct_log_softmax(ct_tensor x, int64_t dim) { CT_FORWARD(ct_log_softmax, x, dim); }

// Layers
ct_tensor ct_matmul(ct_tensor x, ct_tensor other) { CT_FORWARD(ct_matmul, x, other); }
ct_tensor ct_pinv(ct_tensor x) { CT_FORWARD(ct_pinv, x); }
ct_tensor ct_linear(ct_tensor x, ct_tensor weight, ct_tensor bias) { CT_FORWARD(ct_linear, x, weight, bias); }
ct_tensor ct_conv2d(ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride, int64_t padding, int64_t dilation, int64_t groups) {
  CT_FORWARD(ct_conv2d, x, weight, bias, stride, padding, dilation, groups);
}
ct_tensor ct_conv2d_activated(ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride, int64_t padding, int64_t groups, int activation) {
  CT_FORWARD(ct_conv2d_activated, x, weight, bias, stride, padding, groups, activation);
}
ct_tensor ct_conv2d_packed_weight(ct_tensor weight, ct_tensor x, int64_t stride, int64_t padding, int64_t groups) {
  CT_FORWARD(ct_conv2d_packed_weight, weight, x, stride, padding, groups);
}
ct_tensor ct_batch_norm(ct_tensor x, const ct_normalization *norm, ct_tensor added, bool training) {
  CT_FORWARD(ct_batch_norm, x, norm, added, training);
}
ct_tensor ct_normed_depthwise(ct_tensor x, const ct_depthwise *filter) { CT_FORWARD(ct_normed_depthwise, x, filter); }
bool ct_normed_depthwise_serves(ct_tensor x, const ct_depthwise *filter) {
  CT_FORWARD(ct_normed_depthwise_serves, x, filter);
}
ct_tensor ct_inverted_bottleneck(ct_tensor x, ct_tensor expand, const ct_depthwise *filter, ct_tensor project) {
  CT_FORWARD(ct_inverted_bottleneck, x, expand, filter, project);
}
bool ct_inverted_bottleneck_serves(ct_tensor x, ct_tensor expand, const ct_depthwise *filter, ct_tensor project) {
  CT_FORWARD(ct_inverted_bottleneck_serves, x, expand, filter, project);
}
ct_tensor ct_normalize_pixels(ct_tensor pixels, const float *shift, const float *scale) {
  CT_FORWARD(ct_normalize_pixels, pixels, shift, scale);
}
ct_tensor ct_images_warped(ct_tensor x, ct_tensor warps) {
  CT_FORWARD(ct_images_warped, x, warps);
}
ct_tensor ct_images_blended(ct_tensor x, ct_tensor factors, ct_tensor towards_grey) {
  CT_FORWARD(ct_images_blended, x, factors, towards_grey);
}
ct_tensor ct_images_saturated(ct_tensor x, ct_tensor scales) {
  CT_FORWARD(ct_images_saturated, x, scales);
}
ct_tensor ct_images_hue_turned(ct_tensor x, ct_tensor turns) {
  CT_FORWARD(ct_images_hue_turned, x, turns);
}
ct_tensor ct_images_mapped(ct_tensor x, ct_tensor tables) {
  CT_FORWARD(ct_images_mapped, x, tables);
}
ct_tensor ct_images_stretched(ct_tensor x) {
  CT_FORWARD(ct_images_stretched, x);
}
ct_tensor ct_images_equalized(ct_tensor x) {
  CT_FORWARD(ct_images_equalized, x);
}
ct_tensor ct_images_sharpened(ct_tensor x, ct_tensor factors) {
  CT_FORWARD(ct_images_sharpened, x, factors);
}
ct_tensor ct_images_covered(ct_tensor x, ct_tensor sides, int level) {
  CT_FORWARD(ct_images_covered, x, sides, level);
}
ct_tensor ct_images_scaled(ct_tensor x, ct_tensor places, ct_tensor column_starts, ct_tensor column_weights,
                           ct_tensor row_starts, ct_tensor row_weights, int64_t largest_width, int64_t largest_height, bool height_first) {
  CT_FORWARD(ct_images_scaled, x, places, column_starts, column_weights, row_starts, row_weights,
             largest_width, largest_height, height_first);
}
ct_tensor ct_group_norm(ct_tensor x, int64_t groups, ct_tensor weight, ct_tensor bias, double eps) {
  CT_FORWARD(ct_group_norm, x, groups, weight, bias, eps);
}
ct_tensor ct_layer_norm(ct_tensor x, ct_tensor weight, ct_tensor bias, double eps) {
  CT_FORWARD(ct_layer_norm, x, weight, bias, eps);
}
ct_tensor ct_attention(ct_tensor query, ct_tensor key, ct_tensor value) {
  CT_FORWARD(ct_attention, query, key, value);
}
ct_tensor ct_conv1d(ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride, int64_t padding, int64_t dilation, int64_t groups) {
  CT_FORWARD(ct_conv1d, x, weight, bias, stride, padding, dilation, groups);
}
ct_tensor ct_max_pool1d(ct_tensor x, int64_t kernel, int64_t stride, int64_t padding) {
  CT_FORWARD(ct_max_pool1d, x, kernel, stride, padding);
}
ct_tensor ct_resize_bicubic(ct_tensor x, int64_t height, int64_t width) {
  CT_FORWARD(ct_resize_bicubic, x, height, width);
}
ct_tensor ct_max_pool2d(ct_tensor x, int64_t kernel, int64_t stride, int64_t padding) {
  CT_FORWARD(ct_max_pool2d, x, kernel, stride, padding);
}
ct_tensor ct_avg_pool2d(ct_tensor x, int64_t kernel, int64_t stride, int64_t padding) {
  CT_FORWARD(ct_avg_pool2d, x, kernel, stride, padding);
}
ct_tensor ct_adaptive_avg_pool2d(ct_tensor x, int64_t height, int64_t width) {
  CT_FORWARD(ct_adaptive_avg_pool2d, x, height, width);
}
ct_tensor ct_hardtanh(ct_tensor x, double low, double high) { CT_FORWARD(ct_hardtanh, x, low, high); }
int ct_hardtanh_(ct_tensor x, double low, double high) { CT_FORWARD(ct_hardtanh_, x, low, high); }
int ct_relu_(ct_tensor x) { CT_FORWARD(ct_relu_, x); }

// Gradients and precision
int ct_set_requires_grad(ct_tensor x, bool on) { CT_FORWARD(ct_set_requires_grad, x, on); }
bool ct_requires_grad(ct_tensor x) { CT_FORWARD(ct_requires_grad, x); }
ct_tensor ct_grad(ct_tensor x) { CT_FORWARD(ct_grad, x); }
int ct_clear_grad(ct_tensor x) { CT_FORWARD(ct_clear_grad, x); }
int ct_backward(ct_tensor x) { CT_FORWARD(ct_backward, x); }
ct_tensor ct_gradient(ct_tensor value, ct_tensor x) { CT_FORWARD(ct_gradient, value, x); }
ct_tensor ct_gradient_kept(ct_tensor value, ct_tensor x) { CT_FORWARD(ct_gradient_kept, value, x); }
bool ct_grad_mode(void) { CT_FORWARD(ct_grad_mode); }
int ct_set_grad_mode(bool on) { CT_FORWARD(ct_set_grad_mode, on); }
int ct_autocast_enter(int device, int dtype, int *before) { CT_FORWARD(ct_autocast_enter, device, dtype, before); }
int ct_autocast_leave(int device, int before) { CT_FORWARD(ct_autocast_leave, device, before); }

// Random numbers
ct_generator ct_generator_new(uint64_t seed) { CT_FORWARD(ct_generator_new, seed); }
void ct_generator_free(ct_generator g) { CT_FORWARD(ct_generator_free, g); }
ct_tensor ct_generator_state(ct_generator g) { CT_FORWARD(ct_generator_state, g); }
int ct_generator_set_state(ct_generator g, ct_tensor state) { CT_FORWARD(ct_generator_set_state, g, state); }
int ct_normal_(ct_tensor x, double mean, double std, ct_generator g) { CT_FORWARD(ct_normal_, x, mean, std, g); }
int ct_uniform_(ct_tensor x, double low, double high, ct_generator g) { CT_FORWARD(ct_uniform_, x, low, high, g); }
int ct_bernoulli_(ct_tensor x, double p, ct_generator g) { CT_FORWARD(ct_bernoulli_, x, p, g); }

// Many tensors at once, in place
int ct_fused_sgd_(const ct_tensor *x, const ct_tensor *grads, const ct_tensor *momenta, int count, double rate, double momentum, double decay, bool nesterov, bool first) {
  CT_FORWARD(ct_fused_sgd_, x, grads, momenta, count, rate, momentum, decay, nesterov, first);
}
int ct_fused_adamw_(const ct_tensor *x, const ct_tensor *grads, const ct_tensor *means, const ct_tensor *squares, const ct_tensor *steps, int count, double rate, double beta1, double beta2, double decay, double eps) {
  CT_FORWARD(ct_fused_adamw_, x, grads, means, squares, steps, count, rate, beta1, beta2, decay, eps);
}
int ct_foreach_mul_(const ct_tensor *x, int count, ct_tensor factor) {
  CT_FORWARD(ct_foreach_mul_, x, count, factor);
}
int ct_foreach_lerp_(const ct_tensor *x, const ct_tensor *ends, int count, double weight) {
  CT_FORWARD(ct_foreach_lerp_, x, ends, count, weight);
}
ct_tensor ct_foreach_norm(const ct_tensor *x, int count) { CT_FORWARD(ct_foreach_norm, x, count); }
