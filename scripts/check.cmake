# `make tests` builds all that is tested and not built at first; `make check` runs it with pytest, and
# ctest without. Included last, once everything that they run has been declared.

# Gathers the targets of a folder and of those below it.
function(targets_below folder result)
	get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
	get_property(below DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
	foreach(subfolder IN LISTS below)
		targets_below(${subfolder} found)
		list(APPEND targets ${found})
	endforeach()
	set(${result} ${targets} PARENT_SCOPE)
endfunction()

targets_below(${CMAKE_SOURCE_DIR} targets)
add_custom_target(tests)
foreach(target IN LISTS targets)
	get_target_property(type ${target} TYPE)
	if(type STREQUAL "EXECUTABLE")
		add_dependencies(tests ${target})
	endif()
endforeach()

add_custom_target(check COMMAND ${CMAKE_SOURCE_DIR}/scripts/pytest/run
	--build-dir ${CMAKE_BINARY_DIR} USES_TERMINAL VERBATIM)
add_dependencies(check tests)

# Each unit test and each case is a test of ctest's. Which there are is read when ctest starts.
enable_testing()
configure_file(scripts/ctest.cmake.in ctest.cmake @ONLY)
set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${CMAKE_BINARY_DIR}/ctest.cmake)

# Without a line for each target that is up to date, pytest's output stands alone.
set_property(GLOBAL PROPERTY TARGET_MESSAGES OFF)
