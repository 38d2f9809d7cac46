# The headers that a case sees: wirecheck.h and what it includes, and nothing else of the harness.
# They are copied into a folder of their own, where a case can find no other.

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
