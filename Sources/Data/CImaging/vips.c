#include <pthread.h>
#include <string.h>
#include <vips/vips.h>

#include "samples.h"
#include "threads.h"

const char *ci_vips_version(void) { return ci_start() ? "" : vips_version_string(); }

int ci_vips_has(const char *operation) {
  return !ci_start() && vips_type_find("VipsOperation", operation) != 0;
}

static ci_status no_vips(char *message) {
  ci_say(message, "libvips does not start");
  return CI_DAMAGED;
}

// Reads the header; pixels come when asked for. Colour profiles are left alone, as TurboJPEG does. Only
// formats with pages know the option, and those without have no second page to ask for.
static VipsImage *opened(const uint8_t *bytes, size_t count, int page) {
  if (page == 0) {
    return vips_image_new_from_buffer(bytes, count, "", "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                      VIPS_FAIL_ON_ERROR, NULL);
  }
  return vips_image_new_from_buffer(bytes, count, "", "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                    VIPS_FAIL_ON_ERROR, "page", page, NULL);
}

// Lab, CMYK of more than 8 bits and the like become sRGB first; grey and RGB of any depth stay as they are, so
// that the depth is reduced by our rule.
static int is_plain(VipsImage *image) {
  switch (image->Type) {
    case VIPS_INTERPRETATION_LAB:
    case VIPS_INTERPRETATION_LABS:
    case VIPS_INTERPRETATION_LABQ:
    case VIPS_INTERPRETATION_XYZ:
    case VIPS_INTERPRETATION_YXY:
    case VIPS_INTERPRETATION_LCH:
    case VIPS_INTERPRETATION_CMC:
    case VIPS_INTERPRETATION_HSV:
      return 0;
    case VIPS_INTERPRETATION_CMYK:
      return image->Coding == VIPS_CODING_NONE && image->BandFmt == VIPS_FORMAT_UCHAR;
    default:
      return image->Coding == VIPS_CODING_NONE;
  }
}

static VipsImage *plain(VipsImage *image) {
  VipsImage *out = NULL;
  if (is_plain(image)) {
    g_object_ref(image);
    return image;
  }
  return vips_colourspace(image, &out, VIPS_INTERPRETATION_sRGB, NULL) ? NULL : out;
}

static int is_cmyk(VipsImage *image) {
  return image->Type == VIPS_INTERPRETATION_CMYK && image->BandFmt == VIPS_FORMAT_UCHAR &&
         image->Bands >= 4;
}

static ci_status converted(VipsImage *image, uint8_t *rgb) {
  size_t count = (size_t)image->Xsize * image->Ysize, size = 0;
  int bands = image->Bands;
  if (image->BandFmt != VIPS_FORMAT_UCHAR && image->BandFmt != VIPS_FORMAT_USHORT) return CI_UNSUPPORTED;
  void *samples = vips_image_write_to_memory(image, &size);
  if (samples == NULL) return CI_DAMAGED;
  if (is_cmyk(image)) {
    ci_rgb_from_cmyk(samples, count, bands, rgb);
  } else if (image->BandFmt == VIPS_FORMAT_UCHAR) {
    ci_rgb_from_8(samples, count, bands, rgb);
  } else {
    ci_rgb_from_16(samples, count, bands, rgb);
  }
  g_free(samples);
  return CI_OK;
}

// Sizes and orientation as stored; type and bands as they come out of `plain`, which is lazy.
static ci_status describe(VipsImage *image, ci_header *header) {
  VipsImage *flat = plain(image);
  if (flat == NULL) return CI_DAMAGED;
  header->width = flat->Xsize;
  header->height = flat->Ysize;
  header->channels = flat->Bands;
  header->type = (int32_t)flat->BandFmt;
  header->pages = vips_image_get_n_pages(image);
  header->has_alpha = vips_image_hasalpha(flat);
  header->orientation = vips_image_get_orientation(image);
  header->is_cmyk = is_cmyk(image);
  g_object_unref(flat);
  return CI_OK;
}

static ci_status header_once(const uint8_t *bytes, size_t count, int page, ci_header *header) {
  VipsImage *image = opened(bytes, count, page);
  if (image == NULL) return CI_DAMAGED;
  ci_status status = describe(image, header);
  g_object_unref(image);
  return status;
}

static VipsImage *opened_plain(const uint8_t *bytes, size_t count, int page) {
  VipsImage *image = opened(bytes, count, page);
  if (image == NULL) return NULL;
  VipsImage *flat = plain(image);
  g_object_unref(image);
  return flat;
}

static ci_status decode_once(const uint8_t *bytes, size_t count, uint8_t *rgb, int width, int height) {
  VipsImage *flat = opened_plain(bytes, count, 0);
  if (flat == NULL) return CI_DAMAGED;
  ci_status status = CI_UNSUPPORTED;
  int fits = flat->Bands <= 4 || is_cmyk(flat);
  if (fits && flat->Xsize == width && flat->Ysize == height) status = converted(flat, rgb);
  g_object_unref(flat);
  return status;
}

// Rows at a time, so that no second copy of the samples is made.
static ci_status copied(VipsImage *image, uint8_t *out) {
  size_t line = VIPS_IMAGE_SIZEOF_LINE(image);
  VipsRegion *region = vips_region_new(image);
  ci_status status = CI_OK;
  for (int top = 0; top < image->Ysize && status == CI_OK; top += 16) {
    int rows = image->Ysize - top < 16 ? image->Ysize - top : 16;
    VipsRect strip = {0, top, image->Xsize, rows};
    if (vips_region_prepare(region, &strip)) {
      status = CI_DAMAGED;
      break;
    }
    for (int y = top; y < top + rows; y++) memcpy(out + line * y, VIPS_REGION_ADDR(region, 0, y), line);
  }
  g_object_unref(region);
  return status;
}

static ci_status samples_once(const uint8_t *bytes, size_t count, int page, void *out, size_t size) {
  VipsImage *flat = opened_plain(bytes, count, page);
  if (flat == NULL) return CI_DAMAGED;
  int fits = VIPS_IMAGE_SIZEOF_LINE(flat) * (size_t)flat->Ysize == size;
  ci_status status = fits ? copied(flat, out) : CI_UNSUPPORTED;
  g_object_unref(flat);
  return status;
}

// libvips keeps one list of complaints for the whole process. A failure is rare, so it is repeated
// alone to get its own words and no other thread's.
static pthread_mutex_t complaints = PTHREAD_MUTEX_INITIALIZER;

static void begin_complaint(void) {
  pthread_mutex_lock(&complaints);
  vips_error_clear();
}

static void end_complaint(char *message) {
  ci_say(message, vips_error_buffer());
  vips_error_clear();
  pthread_mutex_unlock(&complaints);
}

ci_status ci_vips_header(const uint8_t *bytes, size_t count, int page, ci_header *header, char *message) {
  if (ci_start()) return no_vips(message);
  ci_status status = header_once(bytes, count, page, header);
  if (status == CI_OK) return status;
  begin_complaint();
  status = header_once(bytes, count, page, header);
  end_complaint(message);
  return status;
}

ci_status ci_vips_samples(const uint8_t *bytes, size_t count, int page, void *samples, size_t size,
                          char *message) {
  if (ci_start()) return no_vips(message);
  ci_status status = samples_once(bytes, count, page, samples, size);
  if (status != CI_DAMAGED) return status;
  begin_complaint();
  status = samples_once(bytes, count, page, samples, size);
  end_complaint(message);
  return status;
}

ci_status ci_vips_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, int width, int height,
                         char *message) {
  if (ci_start()) return no_vips(message);
  ci_status status = decode_once(bytes, count, rgb, width, height);
  if (status != CI_DAMAGED) return status;
  begin_complaint();
  status = decode_once(bytes, count, rgb, width, height);
  end_complaint(message);
  return status;
}

static ci_status encode_once(const void *pixels, int width, int height, int channels, int bits,
                             void **bytes, size_t *count) {
  size_t size = (size_t)width * height * channels * (bits / 8);
  VipsBandFormat format = bits == 16 ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR;
  VipsImage *raw = vips_image_new_from_memory(pixels, size, width, height, channels, format);
  if (raw == NULL) return CI_NO_MEMORY;
  // Without an interpretation the saver would store a 16-bit picture as 8 bits.
  VipsInterpretation meaning = channels == 1
                                   ? (bits == 16 ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W)
                                   : (bits == 16 ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB);
  VipsImage *image = NULL;
  int failed = vips_copy(raw, &image, "interpretation", meaning, NULL);
  g_object_unref(raw);
  if (failed) return CI_DAMAGED;
  failed = vips_pngsave_buffer(image, bytes, count, NULL);
  g_object_unref(image);
  return failed ? CI_DAMAGED : CI_OK;
}

ci_status ci_png_encode(const void *pixels, int width, int height, int channels, int bits,
                        uint8_t **bytes, size_t *count, char *message) {
  if (ci_start()) return no_vips(message);
  void *out = NULL;
  ci_status status = encode_once(pixels, width, height, channels, bits, &out, count);
  if (status == CI_DAMAGED) {
    begin_complaint();
    status = encode_once(pixels, width, height, channels, bits, &out, count);
    end_complaint(message);
  }
  *bytes = out;
  return status;
}
