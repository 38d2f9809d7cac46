# `make check` and `ctest`: pytest over the cases and the harness's own tests.
# Included last, once everything that they run has been declared.

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

set(run_pytest ${CMAKE_SOURCE_DIR}/scripts/pytest/run --build-dir ${CMAKE_BINARY_DIR})

targets_below(${CMAKE_SOURCE_DIR} targets)
add_custom_target(check COMMAND ${run_pytest} USES_TERMINAL VERBATIM)
foreach(target IN LISTS targets)
	get_target_property(type ${target} TYPE)
	if(type STREQUAL "EXECUTABLE")
		add_dependencies(check ${target})
	endif()
endforeach()

enable_testing()
add_test(NAME check COMMAND ${run_pytest})

# Without a line for each target that is up to date, pytest's output stands alone.
set_property(GLOBAL PROPERTY TARGET_MESSAGES OFF)
