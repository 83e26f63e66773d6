#pragma once
// A thin C face of libtorch. No C++ type and no exception crosses it.
//
// A function that makes a tensor returns a handle the caller owns (free it with ct_free), or NULL
// after a failure. A function that only acts returns 0, or -1 after a failure. After a failure
// ct_error() gives the message of the calling thread, until its next failure.
//
// The functions stand in libctorch, which is loaded, and libtorch with it, when one of them is first called (loading.h).

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ct_tensor_s *ct_tensor;
typedef struct ct_generator_s *ct_generator;

/// Element types, in the order of `DType` in Swift.
enum { CT_FLOAT32, CT_FLOAT64, CT_BFLOAT16, CT_FLOAT16, CT_INT64, CT_INT32, CT_UINT8, CT_BOOL };
/// Device kinds, in the order of `Device` in Swift.
enum { CT_CPU, CT_CUDA, CT_MPS };
/// What a convolution may apply to its result, in the order of `Tensor.Activation` in Swift.
enum { CT_IDENTITY, CT_RELU, CT_RELU6, CT_SILU };

/// Loads libctorch; NULL, or why it cannot be loaded. Every function below loads it too, and ends the process where it cannot.
const char *ct_load(void);
// These two need no libctorch (processor.c).
bool ct_has_bfloat16(void);
void ct_tune_allocator(void);

const char *ct_error(void);

// Engine
const char *ct_version(void);
int ct_get_threads(void);
int ct_set_threads(int count);
const char *ct_cpu_capability(void);
int ct_cuda_count(void);
bool ct_has_mps(void);
bool ct_cuda_has_bfloat16(void);

// Making, asking, copying (tensor.cpp)
void ct_free(ct_tensor x);
ct_tensor ct_from_bytes(const void *bytes, const int64_t *shape, int rank, int dtype);
ct_tensor ct_full(const int64_t *shape, int rank, double value, int dtype, int device, int index);
ct_tensor ct_empty(const int64_t *shape, int rank, int dtype, int device, int index);
ct_tensor ct_arange(int64_t end);
int ct_rank(ct_tensor x);
int64_t ct_size(ct_tensor x, int dim);
int64_t ct_count(ct_tensor x);
int ct_dtype(ct_tensor x);
int ct_device(ct_tensor x, int *index);
bool ct_is_channels_last(ct_tensor x);
bool ct_is_contiguous(ct_tensor x);
double ct_item(ct_tensor x, int *status);
int ct_copy_out(ct_tensor x, int dtype, void *bytes, int64_t count);
const void *ct_data(ct_tensor x);
ct_tensor ct_to_dtype(ct_tensor x, int dtype);
ct_tensor ct_to_device(ct_tensor x, int device, int index);
ct_tensor ct_contiguous(ct_tensor x);
ct_tensor ct_channels_last(ct_tensor x);
ct_tensor ct_clone(ct_tensor x);
ct_tensor ct_detach(ct_tensor x);
int ct_copy_(ct_tensor x, ct_tensor source);
int ct_add_(ct_tensor x, ct_tensor other, double scale);
int ct_mul_(ct_tensor x, double factor);
int ct_mul_tensor_(ct_tensor x, ct_tensor factor);
int ct_fill_(ct_tensor x, double value);
int ct_lerp_(ct_tensor x, ct_tensor end, double weight);

// Element by element (arithmetic.cpp)
#define CT_UNARY(X)                                                                        \
  X(neg) X(exp) X(log) X(log1p) X(sqrt) X(abs) X(square) X(reciprocal) X(tanh) X(sigmoid)  \
  X(relu) X(logical_not) X(isfinite) X(sin) X(cos) X(silu) X(gelu) X(lgamma) X(digamma)
#define CT_BINARY(X) X(add) X(sub) X(mul) X(div) X(maximum) X(minimum) X(eq) X(gt) X(lt)
#define CT_SCALAR(X) X(add) X(mul) X(div) X(pow) X(eq) X(gt) X(lt)
#define CT_DECLARE_UNARY(name) ct_tensor ct_##name(ct_tensor x);
#define CT_DECLARE_BINARY(name) ct_tensor ct_##name(ct_tensor x, ct_tensor other);
#define CT_DECLARE_SCALAR(name) ct_tensor ct_##name##_scalar(ct_tensor x, double other);
CT_UNARY(CT_DECLARE_UNARY)
CT_BINARY(CT_DECLARE_BINARY)
CT_SCALAR(CT_DECLARE_SCALAR)
ct_tensor ct_clamp(ct_tensor x, double low, double high);
ct_tensor ct_where(ct_tensor mask, ct_tensor x, ct_tensor other);

// Shape and choice (shape.cpp)
ct_tensor ct_reshape(ct_tensor x, const int64_t *shape, int rank);
ct_tensor ct_expand(ct_tensor x, const int64_t *shape, int rank);
ct_tensor ct_permute(ct_tensor x, const int64_t *order, int rank);
ct_tensor ct_transpose(ct_tensor x, int64_t a, int64_t b);
ct_tensor ct_flatten(ct_tensor x, int64_t from);
ct_tensor ct_squeeze(ct_tensor x, int64_t dim);
ct_tensor ct_unsqueeze(ct_tensor x, int64_t dim);
ct_tensor ct_narrow(ct_tensor x, int64_t dim, int64_t start, int64_t length);
ct_tensor ct_flip(ct_tensor x, int64_t dim);
ct_tensor ct_cat(const ct_tensor *x, int count, int64_t dim);
ct_tensor ct_stack(const ct_tensor *x, int count, int64_t dim);
ct_tensor ct_index_select(ct_tensor x, int64_t dim, ct_tensor indices);
ct_tensor ct_gather(ct_tensor x, int64_t dim, ct_tensor indices);
ct_tensor ct_one_hot(ct_tensor x, int64_t classes);
ct_tensor ct_pad(ct_tensor x, const int64_t *sides, int count, double value);

// Reduction (reduction.cpp)
ct_tensor ct_sum(ct_tensor x, const int64_t *dims, int count, bool keep);
ct_tensor ct_mean(ct_tensor x, const int64_t *dims, int count, bool keep);
ct_tensor ct_var(ct_tensor x, const int64_t *dims, int count, bool unbiased, bool keep);
ct_tensor ct_amax(ct_tensor x, const int64_t *dims, int count, bool keep);
ct_tensor ct_amin(ct_tensor x, const int64_t *dims, int count, bool keep);
ct_tensor ct_eigenvectors(ct_tensor x);
ct_tensor ct_norm(ct_tensor x);
ct_tensor ct_norm_dims(ct_tensor x, const int64_t *dims, int count, bool keep);
ct_tensor ct_argmax(ct_tensor x, int64_t dim);
ct_tensor ct_sort(ct_tensor x, int64_t dim, bool descending);
ct_tensor ct_largest(ct_tensor x, int64_t count, int64_t dim);
ct_tensor ct_logsumexp(ct_tensor x, int64_t dim, bool keep);
ct_tensor ct_softmax(ct_tensor x, int64_t dim);
ct_tensor ct_log_softmax(ct_tensor x, int64_t dim);

// Layers (layers.cpp); `weight` and `bias` may be NULL where the layer allows it
ct_tensor ct_matmul(ct_tensor x, ct_tensor other);
ct_tensor ct_pinv(ct_tensor x);
ct_tensor ct_linear(ct_tensor x, ct_tensor weight, ct_tensor bias);
ct_tensor ct_conv2d(ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride,
                    int64_t padding, int64_t dilation, int64_t groups);
ct_tensor ct_conv2d_activated(ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride,
                              int64_t padding, int64_t groups, int activation);
ct_tensor ct_conv2d_packed_weight(ct_tensor weight, ct_tensor x, int64_t stride, int64_t padding,
                                  int64_t groups);
// A batch normalisation, what follows it (CT_IDENTITY, CT_RELU, CT_RELU6), and its running statistics, which may be NULL.
typedef struct {
  ct_tensor weight, bias, mean, variance;
  double momentum, eps;
  int activation;
} ct_normalization;
// Of x, added to `added`, which may be NULL (batch_norm.cpp).
ct_tensor ct_batch_norm(ct_tensor x, const ct_normalization *norm, ct_tensor added, bool training);
// A depthwise convolution by a kernel [C, 1, K, K] between two batch normalisations of training: its stride, the zeros above and before the maps,
// and the sides of its result.
typedef struct {
  ct_normalization before;
  ct_tensor kernel;
  int64_t stride, top, left, height, width;
  ct_normalization after;
} ct_depthwise;
// `after` of the convolution of `before` of x as one operation (normed_depthwise.cpp), and whether there is one for them.
ct_tensor ct_normed_depthwise(ct_tensor x, const ct_depthwise *filter);
bool ct_normed_depthwise_serves(ct_tensor x, const ct_depthwise *filter);
// x by expand [E, C, 1, 1], then the same, then by project [O, E, 1, 1], as one operation (inverted_bottleneck.cpp), and whether
// there is one for them.
ct_tensor ct_inverted_bottleneck(ct_tensor x, ct_tensor expand, const ct_depthwise *filter, ct_tensor project);
bool ct_inverted_bottleneck_serves(ct_tensor x, ct_tensor expand, const ct_depthwise *filter, ct_tensor project);
// Bytes [N, H, W, 3] as float32 [N, 3, H, W], channels last: (x - shift) * scale, three of each (pixels.cpp).
ct_tensor ct_normalize_pixels(ct_tensor pixels, const float *shift, const float *scale);
// Operations on bytes of images [N, H, W, 3] with amounts for each of them (image_operations.cpp): cos and sin by scale, shears, centre and
// shifted centre, float64 [N, 8]; factor and 1 - factor, float32 [N, 2], towards black or, where 1 and not 0, mean grey, float32 [N]; factor in
// 1/65536, int32 [N]; turn in sixths of the circle, float32 [N]; what becomes of each level, uint8 [N, 256]; the factor of the sharp image,
// float32 [N]; first and last column and row, the last ones excluded, int64 [N, 4].
ct_tensor ct_images_warped(ct_tensor x, ct_tensor warps);
ct_tensor ct_images_blended(ct_tensor x, ct_tensor factors, ct_tensor towards_grey);
ct_tensor ct_images_saturated(ct_tensor x, ct_tensor scales);
ct_tensor ct_images_hue_turned(ct_tensor x, ct_tensor turns);
ct_tensor ct_images_mapped(ct_tensor x, ct_tensor tables);
ct_tensor ct_images_stretched(ct_tensor x);
ct_tensor ct_images_equalized(ct_tensor x);
ct_tensor ct_images_sharpened(ct_tensor x, ct_tensor factors);
ct_tensor ct_images_covered(ct_tensor x, ct_tensor sides, int level);
// Images of any size in bytes [P, 3], one behind the other, as [N, H, W, 3] (image_scaling.cpp): first pixel, width and height of each, int64 [N, 3]; along each
// axis the first sample of each place, int64 [N, W] and [N, H], and the weights of it and those that follow, in 2^-22, int32 [N, W, taps].
ct_tensor ct_images_scaled(ct_tensor x, ct_tensor places, ct_tensor column_starts, ct_tensor column_weights, ct_tensor row_starts,
                           ct_tensor row_weights, int64_t largest_width, int64_t largest_height, bool height_first);
ct_tensor ct_group_norm(ct_tensor x, int64_t groups, ct_tensor weight, ct_tensor bias,
                        double eps);
ct_tensor ct_layer_norm(ct_tensor x, ct_tensor weight, ct_tensor bias, double eps);
ct_tensor ct_attention(ct_tensor query, ct_tensor key, ct_tensor value);
ct_tensor ct_conv1d(ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride, int64_t padding,
                    int64_t dilation, int64_t groups);
ct_tensor ct_max_pool1d(ct_tensor x, int64_t kernel, int64_t stride, int64_t padding);
ct_tensor ct_resize_bicubic(ct_tensor x, int64_t height, int64_t width);
ct_tensor ct_max_pool2d(ct_tensor x, int64_t kernel, int64_t stride, int64_t padding);
ct_tensor ct_avg_pool2d(ct_tensor x, int64_t kernel, int64_t stride, int64_t padding);
ct_tensor ct_adaptive_avg_pool2d(ct_tensor x, int64_t height, int64_t width);
ct_tensor ct_hardtanh(ct_tensor x, double low, double high);
int ct_hardtanh_(ct_tensor x, double low, double high);
int ct_relu_(ct_tensor x);

// Gradients and precision (autograd.cpp)
int ct_set_requires_grad(ct_tensor x, bool on);
bool ct_requires_grad(ct_tensor x);
ct_tensor ct_grad(ct_tensor x);  // NULL also where there is no gradient yet; ct_error() is then ""
int ct_clear_grad(ct_tensor x);
int ct_backward(ct_tensor x);
ct_tensor ct_gradient(ct_tensor value, ct_tensor x);  // leaves every .grad alone
/// The same with the graph kept; zeros where value does not depend on x.
ct_tensor ct_gradient_kept(ct_tensor value, ct_tensor x);
bool ct_grad_mode(void);
int ct_set_grad_mode(bool on);
/// Turns autocast on (dtype >= 0) or off (-1) for a device kind until the matching ct_autocast_leave,
/// which takes what this one stored in `before`: the dtype that was on, or -1.
int ct_autocast_enter(int device, int dtype, int *before);
int ct_autocast_leave(int device, int before);

// Random numbers (random.cpp)
ct_generator ct_generator_new(uint64_t seed);
void ct_generator_free(ct_generator g);
ct_tensor ct_generator_state(ct_generator g);
int ct_generator_set_state(ct_generator g, ct_tensor state);
int ct_normal_(ct_tensor x, double mean, double std, ct_generator g);
int ct_uniform_(ct_tensor x, double low, double high, ct_generator g);
int ct_bernoulli_(ct_tensor x, double p, ct_generator g);

// Many tensors at once, in place (fused.cpp)
int ct_fused_sgd_(const ct_tensor *x, const ct_tensor *grads, const ct_tensor *momenta, int count,
                  double rate, double momentum, double decay, bool nesterov, bool first);
int ct_fused_adamw_(const ct_tensor *x, const ct_tensor *grads, const ct_tensor *means,
                    const ct_tensor *squares, const ct_tensor *steps, int count, double rate,
                    double beta1, double beta2, double decay, double eps);
int ct_foreach_mul_(const ct_tensor *x, int count, ct_tensor factor);
int ct_foreach_lerp_(const ct_tensor *x, const ct_tensor *ends, int count, double weight);
ct_tensor ct_foreach_norm(const ct_tensor *x, int count);

#ifdef __cplusplus
}
#endif
