# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(diptych_providers PRIVATE
    anthropic/anthropiccodec.cpp anthropic/anthropiccodec.h
    anthropic/anthropicextras.cpp anthropic/anthropicextras.h
    anthropic/anthropicprovider.cpp anthropic/anthropicprovider.h
    anthropic/chatdecoder.cpp anthropic/chatdecoder.h
    anthropic/messageencoding.cpp anthropic/messageencoding.h
    anthropic/modeldecoder.cpp anthropic/modeldecoder.h
    anthropic/usagecounter.cpp anthropic/usagecounter.h)
