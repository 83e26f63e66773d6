#include "loading.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__APPLE__)
#define LIBRARY "libctorch.dylib"
#else
#define LIBRARY "libctorch.so"
#endif

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void *library;
static char problem[1024];

// The header as text: libctorch has the one that it was compiled with.
#pragma clang diagnostic ignored "-Wc23-extensions"
static const char interface[] = {
#embed "include/ctorch.h"
    , 0};

static void load(void) {
  // The system looks for it along the run-time path of the program.
  library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
  if (!library) {
    snprintf(problem, sizeof problem, "%s", dlerror());
    return;
  }
  const char *theirs = dlsym(library, "ct_interface");
  if (!theirs || strcmp(theirs, interface) != 0)
    snprintf(problem, sizeof problem, LIBRARY " was compiled from other sources than this program");
}

const char *ct_load(void) {
  pthread_once(&once, load);
  return *problem ? problem : NULL;
}

void *ct_find(const char *name) {
  const char *why = ct_load();
  void *found = why ? NULL : dlsym(library, name);
  if (found) return found;
  fprintf(stderr, "Error: the engine cannot be loaded: %s; type `make build` in the checkout of steelyard\n", why ? why : dlerror());
  exit(EXIT_FAILURE);
}
