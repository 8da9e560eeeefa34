# One interface target carries every flag, so that no module has flags of its own.
add_library(belfry_flags INTERFACE)

target_compile_options(belfry_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  $<$<BOOL:${BELFRY_WERROR}>:-Werror>)

# clang also warns of a name in a file that was compiled just before in the same unit.
if(BELFRY_UNITY)
  target_compile_options(belfry_flags INTERFACE $<$<CXX_COMPILER_ID:Clang>:-Wno-shadow>)
endif()

target_compile_definitions(belfry_flags INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
  BELFRY_VERSION="${PROJECT_VERSION}")

if(BELFRY_SANITIZE)
  # What the sanitizers weave in makes gcc see uninitialised values where there are none (its manual says so).
  target_compile_options(belfry_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  add_compile_options(-fsanitize=${BELFRY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${BELFRY_SANITIZE})
endif()

# What is fuzzed tells the fuzzer which branches it took; the targets themselves bring its main().
if(BELFRY_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# lld links several times faster than bfd; it is used where it stands.
find_program(BELFRY_LLD NAMES ld.lld ld.lld-16)
if(BELFRY_LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_link_options(--ld-path=${BELFRY_LLD})
endif()

# Objects are found again whatever folder the project stands in, also those that use a precompiled header. The wrapper
# keeps the name "ccache", which tools that read compile_commands.json know how to skip.
find_program(BELFRY_CCACHE ccache)
if(BELFRY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(wrapper ${CMAKE_BINARY_DIR}/ccache)
  file(CONFIGURE OUTPUT ${wrapper} @ONLY CONTENT [[#!/bin/sh
export CCACHE_BASEDIR="@CMAKE_SOURCE_DIR@" CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros
exec "@BELFRY_CCACHE@" "$@"
]])
  file(CHMOD ${wrapper} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${wrapper})
endif()
