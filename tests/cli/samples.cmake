# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -DROOT=… -P samples.cmake
# Fails when a sample of samples.txt is not in a row of the table in HACKING.md, or when a test named there is not there.
cmake_minimum_required(VERSION 3.25)

set(failures 0)
macro(fail message)
    message("${message}")
    math(EXPR failures "${failures}+1")
endmacro()

file(READ ${ROOT}/HACKING.md section)
string(REGEX REPLACE "^.*\n## SDK samples and their counterparts\n" "" section "${section}")
string(REGEX REPLACE "\n## .*$" "" section "${section}")

file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/samples.txt samples)
list(LENGTH samples count)
if(NOT count EQUAL 52)
    fail("samples.txt names ${count} samples, not 52")
endif()
foreach(sample IN LISTS samples)
    string(REPLACE "." "\\." pattern "${sample}")
    if(NOT section MATCHES "\n\\| [^\n]*`${pattern}`[^\n]*\\| [^|\n]*`[^|\n]+ \\|")
        fail("HACKING.md names no counterpart for ${sample}")
    endif()
endforeach()

# `tst_x::slot`
string(REGEX MATCHALL "`tst_[a-z0-9]+::[A-Za-z0-9]+`" tests "${section}")
if(NOT tests)
    fail("no test is named")
endif()
foreach(test IN LISTS tests)
    string(REGEX MATCH "`(.*)::(.*)`" test "${test}")
    set(slot ${CMAKE_MATCH_2})
    file(GLOB_RECURSE file ${ROOT}/tests/${CMAKE_MATCH_1}.cpp)
    set(text "")
    if(file)
        file(READ ${file} text)
    endif()
    string(FIND "${text}" "    void ${slot}()" position)
    if(position LESS 0)
        fail("HACKING.md names ${test}, which is not there")
    endif()
endforeach()

# `x.test.mjs` "name", without what follows in the same cell
string(REGEX MATCHALL "`[a-z]+\\.test\\.mjs` \"[^\"]+\"" tests "${section}")
foreach(test IN LISTS tests)
    string(REGEX MATCH "`(.*)` \"(.*)\"" test "${test}")
    set(name ${CMAKE_MATCH_2})
    file(READ ${ROOT}/tests/contract/${CMAKE_MATCH_1} text)
    string(FIND "${text}" "test('${name}'" position)
    if(position LESS 0)
        fail("HACKING.md names ${test}, which is not there")
    endif()
endforeach()

if(failures GREATER 0)
    message(FATAL_ERROR "${failures} samples or counterparts are missing")
endif()
message("samples: ${count} have a counterpart")
