// oneDNN's C API, versions 2.6 to 3.x, under one set of names.
//
// Names that both versions declare alike are used as they are (`dnnl_engine_create`, `dnnl_cpu`).
// Everything that differs is reached through a name beginning with `cdnnl_`, shaped as in 3.x:
// memory descriptors are opaque handles, and a primitive descriptor is made in one call.
#pragma once

#include <oneapi/dnnl/dnnl.h>

#include "shim-memory.h"
#include "shim-attributes.h"
#include "shim-window.h"
#include "shim-arithmetic.h"
#include "depthwise.h"
