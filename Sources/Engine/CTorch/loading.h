#pragma once
// Finds the functions of libctorch, the library that parts/*.cpp are compiled to.
//
// libtorch registers some thousands of operations when it is loaded, which takes a fifth of a second. It is loaded with libctorch, at the
// first call of a function of ctorch.h that needs it: a command that computes nothing with tensors starts without it.

#include <stdatomic.h>

#include "ctorch.h"

/// The function `name` of libctorch. Where there is none, says why and what to do, and ends the process.
void *ct_find(const char *name);

/// The body of a function that hands its arguments to the one of its name in libctorch.
#define CT_FORWARD(name, ...)                                           \
  static _Atomic(void *) found;                                         \
  void *function = atomic_load_explicit(&found, memory_order_acquire);  \
  if (!function) {                                                      \
    function = ct_find(#name);                                          \
    atomic_store_explicit(&found, function, memory_order_release);      \
  }                                                                     \
  return ((__typeof__(&name))function)(__VA_ARGS__)
