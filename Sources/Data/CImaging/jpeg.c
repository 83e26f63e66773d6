#include <string.h>
#include <turbojpeg.h>

#include "threads.h"

#if defined(__has_include)
#if __has_include(<jconfig.h>)
#include <jconfig.h>
#endif
#endif

#define TEXT(x) #x
#define TEXT_OF(x) TEXT(x)

const char *ci_jpeg_version(void) {
#ifdef LIBJPEG_TURBO_VERSION
  return TEXT_OF(LIBJPEG_TURBO_VERSION);
#else
  return "";
#endif
}

static int has_scan(const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i + 1 < count; i++) {
    if (bytes[i] == 0xFF && bytes[i + 1] == 0xDA) return 1;
  }
  return 0;
}

ci_status ci_jpeg_header(const uint8_t *bytes, size_t count, ci_header *header, char *message) {
  tjhandle handle = ci_decompressor();
  if (handle == NULL) return CI_NO_MEMORY;
  int subsampling = 0, colours = 0;
  int failed = tjDecompressHeader3(handle, bytes, count, &header->width, &header->height, &subsampling,
                                   &colours);
  // A warning alone may be harmless here; decoding sees it again. Without a size nothing can follow.
  int fatal = failed && tjGetErrorCode(handle) == TJERR_FATAL;
  if (fatal || header->width < 1 || header->height < 1) {
    ci_say(message, fatal ? tjGetErrorStr2(handle) : "no size in it");
    ci_drop_decompressor();
    return has_scan(bytes, count) ? CI_DAMAGED : CI_TRUNCATED;
  }
  header->is_cmyk = colours == TJCS_CMYK || colours == TJCS_YCCK;
  header->channels = header->is_cmyk ? 4 : colours == TJCS_GRAY ? 1 : 3;
  header->type = CI_UINT8;
  header->pages = 1;
  header->orientation = 1;
  return CI_OK;
}

int ci_jpeg_scaled(int length, int denominator) {
  tjscalingfactor factor = {1, denominator};
  return TJSCALED(length, factor);
}

// Whether the end-of-image marker stands after the first start of scan: a thumbnail's own, in the
// header, does not count.
static int has_end(const uint8_t *bytes, size_t count) {
  size_t scan = 0, end = 0;
  for (size_t i = 0; i + 1 < count; i++) {
    if (bytes[i] != 0xFF) continue;
    if (bytes[i + 1] == 0xDA) scan = i;
    if (bytes[i + 1] == 0xD9) end = i;
  }
  return end > scan;
}

ci_status ci_jpeg_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, int width, int height,
                         char *message) {
  tjhandle handle = ci_decompressor();
  if (handle == NULL) return CI_NO_MEMORY;
  // A progressive file may ask for any number of passes over the picture.
  int failed = tjDecompress2(handle, bytes, count, rgb, width, 0, height, TJPF_RGB, TJFLAG_LIMITSCANS);
  if (!failed) return CI_OK;
  ci_say(message, tjGetErrorStr2(handle));
  int warned = tjGetErrorCode(handle) == TJERR_WARNING;
  ci_drop_decompressor();
  // TurboJPEG fills what is missing with grey and only warns. Stray bytes between segments lose nothing,
  // but it reports the first warning only, so the end must be there as well.
  int harmless = warned && strstr(message, "extraneous bytes") != NULL;
  if (harmless && has_end(bytes, count)) return CI_OK;
  return harmless || strstr(message, "Premature end") ? CI_TRUNCATED : CI_DAMAGED;
}
