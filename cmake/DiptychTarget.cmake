# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# One static library per layer, one executable per test class; nothing is compiled twice.

add_library(diptych_options INTERFACE)
target_include_directories(diptych_options INTERFACE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/ui)
target_compile_options(diptych_options INTERFACE
    # GCC 12 sees uninitialised members in std::variant and std::optional of Qt's containers where there are none.
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
    $<$<BOOL:${DIPTYCH_WERROR}>:-Werror>
    $<$<BOOL:${DIPTYCH_SANITIZE}>:-fsanitize=address,undefined -fno-omit-frame-pointer>)
target_link_options(diptych_options INTERFACE
    $<$<BOOL:${DIPTYCH_SANITIZE}>:-fsanitize=address,undefined>)
if(DIPTYCH_FUZZ)
    target_compile_options(diptych_options INTERFACE
        -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(diptych_options INTERFACE -fsanitize=address,undefined)
endif()
# QT_FORCE_ASSERTS: a programming mistake is found in the build that people run, not only in a debug build.
target_compile_definitions(diptych_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_USE_QSTRINGBUILDER QT_DISABLE_DEPRECATED_BEFORE=0x060400 QT_FORCE_ASSERTS
    DIPTYCH_VERSION="${PROJECT_VERSION}")
# qcustomplot.h uses foreach and the lower-case keywords; everything else does without.
add_library(diptych_strict INTERFACE)
target_link_libraries(diptych_strict INTERFACE diptych_options)
target_compile_definitions(diptych_strict INTERFACE QT_NO_KEYWORDS QT_NO_FOREACH)

# Precompiled headers: one for the layers under src, one for those under ui; the layers reuse them. A precompiled
# <QtWidgets> for every layer would cost more than it saves; these lists hold what most files of a kind include anyway.
set(diptych_pch_src <QObject> <QString> <QByteArray> <QDateTime> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject>
    <QPointer> <QTimer> <QUrl> <algorithm> <chrono> <functional> <memory> <optional> <span> <variant> <vector>)
set(diptych_pch_ui ${diptych_pch_src} <QAction> <QApplication> <QBoxLayout> <QLabel> <QPainter> <QStyledItemDelegate>
    <QTextDocument> <QToolButton> <QWidget>)

foreach(kind src ui)
    add_library(diptych_pch${kind} STATIC ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
    target_link_libraries(diptych_pch${kind} PUBLIC diptych_strict Qt6::Core $<$<STREQUAL:${kind},ui>:Qt6::Widgets>)
    if(DIPTYCH_PCH)
        target_precompile_headers(diptych_pch${kind} PRIVATE ${diptych_pch_${kind}})
    endif()
endforeach()

# diptych_layer(Api SOURCES … DEPENDS … [PRIVATE_DEPENDS …] [UI] [CHARTS])
# makes the static library diptych_api with the alias Diptych::Api.
function(diptych_layer name)
    cmake_parse_arguments(arg "UI;CHARTS" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
    string(TOLOWER ${name} lower)
    set(target diptych_${lower})
    add_library(${target} STATIC ${arg_SOURCES})
    add_library(Diptych::${name} ALIAS ${target})
    set_target_properties(${target} PROPERTIES AUTOMOC ON AUTOUIC ON AUTORCC ON)
    target_link_libraries(${target} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE_DEPENDS})
    if(arg_CHARTS)
        target_link_libraries(${target} PUBLIC diptych_options)
        return()
    endif()
    target_link_libraries(${target} PUBLIC diptych_strict)
    if(NOT DIPTYCH_PCH)
        return()
    endif()
    set(kind src)
    if(arg_UI)
        set(kind ui)
    endif()
    target_precompile_headers(${target} REUSE_FROM diptych_pch${kind})
endfunction()

# diptych_test(tst_x DEPENDS … [SOURCES more.cpp …] [GUI] [LABELS …]) builds tst_x.cpp and registers it with CTest.
# GUI tests run on the offscreen platform.
function(diptych_test name)
    cmake_parse_arguments(arg "GUI" "TIMEOUT" "DEPENDS;SOURCES;LABELS" ${ARGN})
    add_executable(${name} ${name}.cpp ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE ${arg_DEPENDS} Diptych::TestSupport Qt6::Test)
    target_compile_definitions(${name} PRIVATE TEST_DATA_DIR="${CMAKE_CURRENT_SOURCE_DIR}/data")
    if(DIPTYCH_PCH)
        # QTest's headers stay out: Qt6::Test brings a definition of its own for every folder.
        set(kind src)
        if(arg_GUI)
            set(kind ui)
        endif()
        target_precompile_headers(${name} REUSE_FROM diptych_pch${kind})
    endif()
    add_test(NAME ${name} COMMAND ${name})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}" ENVIRONMENT
        "QT_QPA_PLATFORM=offscreen;LANG=C.UTF-8;LC_ALL=C.UTF-8;TZ=UTC;QT_LOGGING_RULES=qt.qpa.*=false;HOME=${CMAKE_BINARY_DIR}/testhome;XDG_RUNTIME_DIR=${CMAKE_BINARY_DIR}/testhome/run;XDG_DATA_HOME=;XDG_CONFIG_HOME=;XDG_CACHE_HOME=;http_proxy=;https_proxy=;HTTP_PROXY=;HTTPS_PROXY=")
endfunction()
