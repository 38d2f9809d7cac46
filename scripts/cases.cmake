# What cases are built with: headers that show them verbs and nothing else, and the command without
# the names that it has for itself.

# The headers that a case sees: wirecheck.h and what it includes. They are copied into a folder of
# their own, where a case can find no other.

set(case_include ${CMAKE_BINARY_DIR}/include)

# Finds the headers of harness/ that a header includes, directly or not, and adds them to `result`.
function(find_case_headers header result)
	set(found ${${result}})
	if(NOT header IN_LIST found)
		list(APPEND found ${header})
		file(STRINGS ${CMAKE_SOURCE_DIR}/harness/${header} lines REGEX "^#include \"")
		foreach(line IN LISTS lines)
			string(REGEX REPLACE "^#include \"(.*)\".*" "\\1" included "${line}")
			find_case_headers(${included} found)
		endforeach()
	endif()
	set(${result} ${found} PARENT_SCOPE)
endfunction()

find_case_headers(verbs/wirecheck.h case_headers)
foreach(header IN LISTS case_headers)
	string(REPLACE "verbs/wirecheck.h" "wirecheck.h" copy ${header})
	configure_file(harness/${header} ${case_include}/${copy} COPYONLY)
endforeach()

# The objects of case files, as anybody's project may compile them: plain C11, and warnings.
function(add_cases name)
	add_library(${name} OBJECT ${ARGN})
	set_target_properties(${name} PROPERTIES C_EXTENSIONS OFF)
	target_include_directories(${name} PRIVATE ${case_include})
endfunction()

# The command as one object file that keeps the names of public headers alone. A case's own function
# can so never take the place of one of the harness's, whatever its name is.
set(public_names main "case_*" "bytes_*" "side_*" "protocol_*" "state_name" ${wrapped_names})
list(TRANSFORM public_names PREPEND "--keep-global-symbol=" OUTPUT_VARIABLE keep_public_names)
add_library(command_main OBJECT EXCLUDE_FROM_ALL harness/command/main.c)
target_link_libraries(command_main PRIVATE harness)
set(sealed ${CMAKE_BINARY_DIR}/command.o)
add_custom_command(OUTPUT ${sealed}
	COMMAND ${CMAKE_LINKER} -r -o ${sealed} $<TARGET_OBJECTS:command_main>
		--whole-archive $<TARGET_FILE:harness>
	COMMAND ${CMAKE_OBJCOPY} --wildcard ${keep_public_names} ${sealed}
	DEPENDS harness command_main $<TARGET_OBJECTS:command_main> VERBATIM)
add_custom_target(sealed_command DEPENDS ${sealed})

# An executable of the command with the cases of some add_cases.
function(add_command name cases)
	add_executable(${name} ${ARGN} $<TARGET_OBJECTS:${cases}> ${sealed})
	add_dependencies(${name} sealed_command)
	set_source_files_properties(${sealed} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
	set_target_properties(${name} PROPERTIES LINKER_LANGUAGE C)
	# The harness's libraries and flags, without the harness.
	target_link_libraries(${name} PRIVATE PkgConfig::PCAP PkgConfig::MNL)
	# Bound once, in the scheduler: each worker, its fork, would bind for itself what it calls.
	target_link_options(${name} PRIVATE -Wl,-z,now
		$<TARGET_PROPERTY:harness,INTERFACE_LINK_OPTIONS>)
endfunction()
