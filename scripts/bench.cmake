# `make bench`: the figures of scripts/bench/README.md. What it runs is built for it alone.
set(bench ${CMAKE_SOURCE_DIR}/scripts/bench)

foreach(program bare transfer)
	add_executable(bench_${program} EXCLUDE_FROM_ALL
		${bench}/${program}.c ${bench}/namespace.c)
	target_compile_definitions(bench_${program} PRIVATE _GNU_SOURCE)
endforeach()

# The command with one case that is too large for the catalogue.
add_cases(bench_cases ${bench}/cases/bench/gigabyte.c)
set_target_properties(bench_cases PROPERTIES EXCLUDE_FROM_ALL TRUE)
add_command(bench_gigabyte bench_cases EXCLUDE_FROM_ALL)

foreach(program bare transfer gigabyte)
	set_target_properties(bench_${program} PROPERTIES OUTPUT_NAME ${program}
		RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
	list(APPEND bench_programs bench_${program})
endforeach()

add_custom_target(bench COMMAND ${bench}/run --build-dir ${CMAKE_BINARY_DIR} USES_TERMINAL VERBATIM)
foreach(demo IN LISTS demos)
	get_filename_component(name ${demo} NAME_WE)
	add_dependencies(bench ${name})
endforeach()
add_dependencies(bench wirecheck ${bench_programs})
