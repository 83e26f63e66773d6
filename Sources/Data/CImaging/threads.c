#include "threads.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <turbojpeg.h>
#include <vips/vips.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t decompressor_key, vips_key;
static int vips_failed = 1;

// These run when a thread ends, so that callers need not know that the libraries keep things per thread.
static void end_decompressor(void *handle) { tjDestroy(handle); }

static void end_vips(void *used) {
  (void)used;
  vips_thread_shutdown();
}

static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer data) {
  (void)domain, (void)level, (void)text, (void)data;
}

static void start(void) {
  pthread_key_create(&decompressor_key, end_decompressor);
  pthread_key_create(&vips_key, end_vips);
  vips_failed = VIPS_INIT("steelyard");
  if (vips_failed) return;
  // Images are decoded by threads of our own, each image once: neither threads nor a cache help.
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  // What libvips has to say comes back as an error with the file's name, not on standard error.
  g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO, say_nothing,
                    NULL);
}

int ci_start(void) {
  pthread_once(&once, start);
  if (!vips_failed) pthread_setspecific(vips_key, &once);
  return vips_failed;
}

void *ci_decompressor(void) {
  pthread_once(&once, start);
  tjhandle handle = pthread_getspecific(decompressor_key);
  if (handle == NULL) {
    handle = tjInitDecompress();
    pthread_setspecific(decompressor_key, handle);
  }
  return handle;
}

void ci_drop_decompressor(void) {
  tjDestroy(pthread_getspecific(decompressor_key));
  pthread_setspecific(decompressor_key, NULL);
}

void ci_say(char *message, const char *text) {
  size_t length = strcspn(text, "\n");
  if (length > CI_MESSAGE - 1) length = CI_MESSAGE - 1;
  memcpy(message, text, length);
  message[length] = 0;
}

void ci_free(void *memory) { g_free(memory); }
