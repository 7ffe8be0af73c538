# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -DSOURCE=… -DWORK=… -DCLI=… -DNODE=… -DNPM=… -P run.cmake
# Installs the clients once (again when the lock file changes) and runs the tests.
file(GLOB scripts ${SOURCE}/*.mjs)
file(COPY ${scripts} DESTINATION ${WORK})
include(${CMAKE_CURRENT_LIST_DIR}/install.cmake)
execute_process(COMMAND ${CMAKE_COMMAND} -E env DIPTYCH_CLI=${CLI} ${NODE} --test --test-reporter=spec
    anthropic.test.mjs azure.test.mjs ollama.test.mjs openai.test.mjs servers.test.mjs WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "A client or server of others and Diptych do not understand each other.")
endif()
