# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs TEST over the examples of the specification, which come from npm: -DSOURCE=… -DWORK=… -DNPM=… -DTEST=…
include(${CMAKE_CURRENT_LIST_DIR}/../../../contract/install.cmake)
execute_process(COMMAND ${CMAKE_COMMAND} -E env COMMONMARK_SPEC=${WORK}/node_modules/commonmark-spec/spec.txt ${TEST}
    RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "The examples of CommonMark failed (${failed})")
endif()
