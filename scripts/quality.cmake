# `make lint` and `make coverage`: each is a script, which says at its head what it needs.
foreach(task lint coverage)
	add_custom_target(${task} COMMAND ${CMAKE_SOURCE_DIR}/scripts/quality/${task}
		${CMAKE_BINARY_DIR} USES_TERMINAL VERBATIM)
endforeach()
