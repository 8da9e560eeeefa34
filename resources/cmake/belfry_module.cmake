# Half of what a file costs to compile is what it includes and instantiates, which its neighbours do again. A file
# stands alone all the same: the presets without BELFRY_UNITY prove it.
function(belfry_compile_together target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${BELFRY_UNITY} UNITY_BUILD_BATCH_SIZE 8)
  belfry_silence_linkage(${target})
endfunction()

# gcc trusts the file that it compiles, and not that file's neighbours.
function(belfry_silence_linkage target)
  if(BELFRY_UNITY AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()

# What Qt Gui defines makes the tests' precompiled headers unusable: tests of what uses it go without.
function(belfry_is_graphical result)
  set(${result} OFF PARENT_SCOPE)
  foreach(library ${ARGN})
    if(TARGET ${library})
      get_target_property(graphical ${library} BELFRY_GRAPHICAL)
    endif()
    if(graphical OR library MATCHES "^Qt6::(Gui|Qml|Quick|Widgets)")
      set(${result} ON PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

# belfry_add_module(NAME SOURCES ... HEADERS ... DEPS own modules... PRIVATE_DEPS external libraries...)
#
# A module is one static library `belfry_NAME` in the folder that calls this. Its headers are included as
# "NAME/file.h". DEPS may name only what the module table of docs/architecture.md allows: tests/unit/layering checks
# both them and the includes.
function(belfry_add_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;DEPS;PRIVATE_DEPS" ${ARGN})
  set(target belfry_${name})
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR PARENT_PATH include_root)

  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE belfry_flags ${ARG_PRIVATE_DEPS})
    belfry_is_graphical(graphical ${ARG_PRIVATE_DEPS})
    if(graphical)
      set_target_properties(${target} PROPERTIES BELFRY_GRAPHICAL ON)
    endif()
    belfry_use_pch(${target})
    belfry_compile_together(${target})
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()

  target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS ${include_root} FILES ${ARG_HEADERS})
  list(TRANSFORM ARG_DEPS PREPEND belfry_)
  target_link_libraries(${target} ${scope} Qt6::Core tl::expected ${ARG_DEPS})
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE folder)
  list(JOIN ARG_DEPS " " deps)
  string(REPLACE "belfry_" "" deps "${deps}")
  set_property(GLOBAL APPEND PROPERTY BELFRY_MODULES "${folder}: ${deps}")
endfunction()

# belfry_add_test(NAME [LIBRARIES ...] [LABELS ...] [FIXTURES ...] [ENVIRONMENT ...] [TIMEOUT seconds])
#
# One Qt Test class in NAME.cpp. Every test has a time limit, a private HOME-less environment, and a label
# (unit, integration, e2e, gui) that `./dev test -L label` selects. FIXTURES postgres: tests/support/README.md.
# A test is a program; with BELFRY_UNITY the unit or integration tests of a folder are one program together, and NAME is
# its first argument.
set(BELFRY_TEST_SERVERS_DIR ${CMAKE_BINARY_DIR}/servers)
function(belfry_add_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS;FIXTURES;ENVIRONMENT" ${ARGN})
  file(STRINGS ${name}.cpp plain_main REGEX "^QTEST_(GUILESS|APPLESS)_MAIN")
  if(BELFRY_UNITY AND ARG_LABELS MATCHES "^(unit|integration)$" AND plain_main AND NOT ARG_SOURCES)
    cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)
    set(target ${ARG_LABELS}_${folder})
    if(NOT TARGET ${target})
      belfry_add_test_program(${target})
      target_link_libraries(${target} PRIVATE belfry_test_main)
      set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12
        UNITY_BUILD_CODE_BEFORE_INCLUDE "#include \"support/test_main.h\"")
      belfry_silence_linkage(${target})
    endif()
    target_sources(${target} PRIVATE ${name}.cpp)
    add_test(NAME ${name} COMMAND ${target} ${name})
  else()
    set(target ${name})
    belfry_add_test_program(${target} ${name}.cpp ${ARG_SOURCES})
    add_test(NAME ${name} COMMAND ${target})
  endif()
  target_link_libraries(${target} PRIVATE ${ARG_LIBRARIES})
  if(ARG_LABELS MATCHES "^(unit|integration)$")
    if(NOT TARGET unit_and_integration)
      add_custom_target(unit_and_integration)
    endif()
    add_dependencies(unit_and_integration ${target})
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    FIXTURES_REQUIRED "${ARG_FIXTURES}"
    ENVIRONMENT "QT_LOGGING_RULES=*.debug=false;BELFRY_BIN_DIR=${CMAKE_BINARY_DIR}/bin;BELFRY_SOURCE_DIR=${CMAKE_SOURCE_DIR};BELFRY_TEST_SERVERS_DIR=${BELFRY_TEST_SERVERS_DIR};BELFRY_TEST_PG_ENV=${BELFRY_TEST_SERVERS_DIR}/pg.env;${ARG_ENVIRONMENT}")
endfunction()

# What only tests run need not be quick, and is compiled quicker; what they test is as it is shipped.
function(belfry_optimize_less target)
  if(CMAKE_BUILD_TYPE MATCHES "^Rel")
    target_compile_options(${target} PRIVATE -O1)
  endif()
endfunction()

# A library that only tests link: with their precompiled headers, its files together.
function(belfry_only_for_tests target)
  target_link_libraries(${target} PRIVATE belfry_flags Qt6::Test Qt6::Network)
  belfry_use_pch(${target} TEST)
  belfry_compile_together(${target})
  belfry_optimize_less(${target})
endfunction()

function(belfry_add_test_program target)
  add_executable(${target} ${ARGN})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  belfry_optimize_less(${target})
  target_link_libraries(${target} PRIVATE belfry_flags Qt6::Test Qt6::Network)
  belfry_is_graphical(graphical ${ARG_LIBRARIES})
  if(NOT graphical)
    belfry_use_pch(${target} TEST)
  endif()
  # Empty where a test includes its own moc: quicker without.
  set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/mocs_compilation.cpp
    PROPERTIES SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# belfry_add_qml_module(NAME URI uri QML file... [DEPS module...] [TYPES_OF uri...])
#
# QML files, and the types of the module NAME where it has C++ (belfry_add_module before it), as one QML module in
# qrc:/qt/qml. A program links belfry_NAMEplugin. qmllint finds it below build/…/qml. TYPES_OF: QML modules whose types
# are those of properties of its C++.
function(belfry_add_qml_module name)
  cmake_parse_arguments(ARG "" "URI" "QML;DEPS;TYPES_OF" ${ARGN})
  set(target belfry_${name})
  string(REPLACE "." "/" path ${ARG_URI})
  if(NOT TARGET ${target})
    qt_add_library(${target} STATIC)
    belfry_compile_together(${target})
    cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE folder)
    set_property(GLOBAL APPEND PROPERTY BELFRY_MODULES "${folder}: ${ARG_DEPS}")
  endif()
  # Under sanitizers QML is compiled as it is loaded: what qmlcachegen makes of it takes minutes to build.
  set(no_cache)
  if(BELFRY_SANITIZE)
    set(no_cache NO_CACHEGEN)
  endif()
  qt_add_qml_module(${target}
    URI ${ARG_URI}
    VERSION 1.0
    RESOURCE_PREFIX /qt/qml
    OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/qml/${path}
    IMPORT_PATH ${CMAKE_BINARY_DIR}/qml
    DEPENDENCIES ${ARG_TYPES_OF}
    ${no_cache}
    QML_FILES ${ARG_QML})
  # Byte code alone: the C++ that qmlcachegen writes of bindings is the dearest of a build, and nobody sees it run.
  set_target_properties(${target} PROPERTIES QT_QMLCACHEGEN_ARGUMENTS --only-bytecode)
  # What registers the C++ types includes their headers by their bare names.
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE Qt6::Quick Qt6::QuickControls2)
endfunction()
