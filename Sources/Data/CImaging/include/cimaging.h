#pragma once

// The C image libraries behind plain C types: no GLib type, no variadic call and no library handle
// reaches Swift. Every function may be called from any thread; handles live per thread and are freed
// when the thread ends.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  CI_OK = 0,
  CI_DAMAGED = 1,      // the library refuses the bytes; `message` says why
  CI_TRUNCATED = 2,    // the bytes end early
  CI_UNSUPPORTED = 3,  // a valid file of a kind that is not read here
  CI_NO_MEMORY = 4,
} ci_status;

enum { CI_MESSAGE = 240 };

// What a sample is; the numbers are those of libvips.
typedef enum {
  CI_UINT8 = 0,
  CI_INT8 = 1,
  CI_UINT16 = 2,
  CI_INT16 = 3,
  CI_UINT32 = 4,
  CI_INT32 = 5,
  CI_FLOAT = 6,
  CI_COMPLEX = 7,
  CI_DOUBLE = 8,
} ci_type;

typedef struct {
  int32_t width;
  int32_t height;
  int32_t channels;
  int32_t type;         // ci_type
  int32_t pages;
  int32_t has_alpha;    // by libvips, which goes by the number of bands
  int32_t orientation;  // EXIF, 1...8
  int32_t is_cmyk;
} ci_header;

// JPEG, through TurboJPEG.
ci_status ci_jpeg_header(const uint8_t *bytes, size_t count, ci_header *header, char *message);
// RGB, 8 bits, rows without padding; `width` and `height` are those of one of the scales 1, 1/2, 1/4, 1/8.
ci_status ci_jpeg_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, int width, int height,
                         char *message);
int ci_jpeg_scaled(int length, int denominator);
const char *ci_jpeg_version(void);

// Everything else, through libvips. Pages count from 0.
ci_status ci_vips_header(const uint8_t *bytes, size_t count, int page, ci_header *header, char *message);
// RGB, 8 bits, of 8 and 16 unsigned bits; the second or fourth band is alpha, composed onto black.
ci_status ci_vips_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, int width, int height,
                         char *message);
// All samples as they are stored, in this machine's byte order; `size` is what the header comes to.
ci_status ci_vips_samples(const uint8_t *bytes, size_t count, int page, void *samples, size_t size,
                          char *message);
const char *ci_vips_version(void);
// 1 if libvips was built with the operation, such as "pngload_buffer".
int ci_vips_has(const char *operation);

// `bits` is 8 or 16 (native byte order), `channels` 1 or 3. Free the result with `ci_free`.
ci_status ci_png_encode(const void *pixels, int width, int height, int channels, int bits,
                        uint8_t **bytes, size_t *count, char *message);
void ci_free(void *memory);

// How the pixels of one axis mix into others; weights are whole numbers of 2^-CI_WEIGHT_BITS. Output pixel `i` has the
// weights offsets[i] ..< offsets[i + 1], of input pixels from starts[i] on.
enum { CI_WEIGHT_BITS = 22 };
typedef struct {
  const int32_t *starts;
  const int32_t *offsets;  // one more than output pixels
  const int32_t *weights;
  int32_t count;  // output pixels
} ci_axis;

// Every row `[width, channels]` into one of `[axis->count, channels]`; 1 or 3 channels.
void ci_resample_columns(const uint8_t *source, int width, int height, int channels, const ci_axis *axis,
                         uint8_t *target);
// Rows of `stride` samples into axis->count rows of as many.
void ci_resample_rows(const uint8_t *source, size_t stride, const ci_axis *axis, uint8_t *target);

#ifdef __cplusplus
}
#endif
