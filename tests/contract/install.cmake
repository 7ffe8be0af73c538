# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs the clients of SOURCE into WORK once, and again when the lock file changes. Run as a script with
# -DSOURCE=… -DWORK=… -DNPM=…, or included.
file(COPY ${SOURCE}/package.json ${SOURCE}/package-lock.json DESTINATION ${WORK})
file(SHA256 ${SOURCE}/package-lock.json wanted)
set(stamp ${WORK}/installed)
set(present "")
if(EXISTS ${stamp})
    file(READ ${stamp} present)
endif()
if(NOT present STREQUAL wanted)
    file(REMOVE ${stamp})
    execute_process(COMMAND ${NPM} ci --no-audit --no-fund --ignore-scripts WORKING_DIRECTORY ${WORK}
        RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(failed)
        message(FATAL_ERROR "The clients could not be installed: 'npm ci' failed (${failed}). "
            "This test needs a package registry, as npm is configured here.\n${output}")
    endif()
    file(WRITE ${stamp} ${wanted})
endif()
