# Qt's and the standard library's headers are two thirds of what a file costs to compile: they are compiled once, for
# modules and for tests. Files include what they use all the same; the tidy preset goes without.
option(BELFRY_PCH "Precompile the headers of Qt and the standard library" ON)
set(BELFRY_PCH_HEADERS
  <QByteArray> <QHash> <QList> <QMap> <QObject> <QString>
  <algorithm> <chrono> <functional> <memory> <mutex> <optional> <string> <unordered_map> <variant> <vector>
  <tl/expected.hpp>)

# belfry_use_pch(target [TEST])
function(belfry_use_pch target)
  set(pch belfry_pch)
  if("TEST" IN_LIST ARGN)
    set(pch belfry_test_pch)
  endif()
  if(TARGET ${pch})
    target_precompile_headers(${target} REUSE_FROM ${pch})
  endif()
endfunction()

function(belfry_add_pch name)
  cmake_parse_arguments(ARG "" "" "LIBRARIES;HEADERS" ${ARGN})
  add_library(${name} OBJECT ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/belfry_pch.cpp)
  set_target_properties(${name} PROPERTIES AUTOMOC OFF)
  target_link_libraries(${name} PRIVATE belfry_flags ${ARG_LIBRARIES} tl::expected)
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

# With the time of its making in it, a header that was precompiled anew would be another one for ccache.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
endif()

if(BELFRY_PCH AND NOT CMAKE_CXX_FLAGS MATCHES "coverage")
  belfry_add_pch(belfry_pch LIBRARIES Qt6::Core HEADERS ${BELFRY_PCH_HEADERS})
  if(BELFRY_TESTS)
    # Qt6::Test defines the folder of each target, which would give each one a header of its own; QFINDTESTDATA is
    # not used. QTest looks whether Network is there, so all tests say that it is.
    set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)
    belfry_add_pch(belfry_test_pch LIBRARIES Qt6::Test Qt6::Network HEADERS ${BELFRY_PCH_HEADERS} <QTest>)
    belfry_optimize_less(belfry_test_pch)
  endif()
endif()
