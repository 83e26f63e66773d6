#include "loading.h"
#include "header_text.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__APPLE__)
// A name alone would be looked for in the current folder too.
#define LIBRARY "@rpath/libctorch.dylib"
#else
#define LIBRARY "libctorch.so"
#endif

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void *library;
static char problem[1024];

static void load(void) {
  // The system looks for it along the run-time path of the program.
  library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
  if (!library) {
    snprintf(problem, sizeof problem, "%s", dlerror());
    return;
  }
  const char *(*text)(void) = (const char *(*)(void))dlsym(library, "ct_header_text_of_library");
  if (!text || strcmp(text(), ct_header_text) != 0)
    snprintf(problem, sizeof problem, "%s was compiled with another ctorch.h than this program", LIBRARY);
}

const char *ct_load(void) {
  pthread_once(&once, load);
  return *problem ? problem : NULL;
}

void *ct_find(const char *name) {
  const char *why = ct_load();
  void *found = why ? NULL : dlsym(library, name);
  if (found) return found;
  // As the system does with a program whose libraries are missing: there is nothing to give back. One thread says so and ends the process.
  static atomic_flag said = ATOMIC_FLAG_INIT;
  while (atomic_flag_test_and_set(&said)) pause();
  fprintf(stderr, "Error: the engine cannot be loaded: %s; type `make engine` in the checkout of steelyard\n", why ? why : dlerror());
  exit(EXIT_FAILURE);
}
