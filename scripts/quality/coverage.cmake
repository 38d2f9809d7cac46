# A build that counts which lines of the harness run. A worker ends by _exit(2), as its children do,
# and a process that ends so leaves no counts: here ld has every call of it write them first.
set(wrapped_names __wrap__exit) # what ld calls in place of _exit
foreach(library harness harness_sanitized)
	target_sources(${library} PRIVATE ${CMAKE_SOURCE_DIR}/scripts/quality/counted_exit.c)
	target_compile_options(${library} PRIVATE --coverage -O0)
	target_link_options(${library} PUBLIC --coverage -Wl,--wrap=_exit)
endforeach()
