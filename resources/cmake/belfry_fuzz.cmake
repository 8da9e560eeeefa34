# belfry_add_fuzz_target(NAME LIBRARIES ... [INCLUDES ...] [SEEDS folders with inputs to begin with ...])
#
# A libFuzzer program from NAME.cpp, in the preset `fuzz` alone. `ctest -L fuzz` runs each for BELFRY_FUZZ_SECONDS on a
# corpus of its own in the build folder, so that the seeds in the source stay as they are; what it finds it leaves in
# found/ beside it. Without SEEDS: corpus/NAME beside the source.
set(BELFRY_FUZZ_SECONDS 60 CACHE STRING "How long `ctest -L fuzz` runs each target")
if(BELFRY_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "Fuzz targets need clang: cmake --preset fuzz")
  endif()
  enable_testing()
  add_custom_target(fuzz_targets)
endif()

function(belfry_add_fuzz_target name)
  cmake_parse_arguments(ARG "" "" "LIBRARIES;INCLUDES;SEEDS" ${ARGN})
  if(NOT BELFRY_FUZZ)
    return()
  endif()
  if(NOT ARG_SEEDS)
    set(ARG_SEEDS ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
  endif()
  set(folder ${CMAKE_BINARY_DIR}/fuzz)
  file(MAKE_DIRECTORY ${folder}/corpus/${name} ${folder}/found)

  add_executable(${name} ${name}.cpp)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${folder})
  target_link_libraries(${name} PRIVATE belfry_flags ${ARG_LIBRARIES})
  target_include_directories(${name} PRIVATE ${ARG_INCLUDES})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzz_targets ${name})

  add_test(NAME ${name}
    COMMAND ${name} -max_total_time=${BELFRY_FUZZ_SECONDS} -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
            -artifact_prefix=${folder}/found/${name}- ${folder}/corpus/${name} ${ARG_SEEDS})
  math(EXPR limit "${BELFRY_FUZZ_SECONDS} + 120")
  set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT ${limit})
endfunction()
