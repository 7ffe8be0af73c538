# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(diptych_providers PRIVATE
    gemini/answerfields.cpp gemini/answerfields.h
    gemini/callids.cpp gemini/callids.h
    gemini/chatdecoder.cpp gemini/chatdecoder.h
    gemini/contentencoding.cpp gemini/contentencoding.h
    gemini/embeddingcodec.cpp
    gemini/geminicodec.cpp gemini/geminicodec.h
    gemini/geminiextras.cpp gemini/geminiextras.h
    gemini/geminiprovider.cpp gemini/geminiprovider.h
    gemini/inlinedata.cpp gemini/inlinedata.h
    gemini/modeldecoder.cpp
    gemini/schemadialect.cpp gemini/schemadialect.h
    gemini/signatures.cpp gemini/signatures.h
    gemini/thinking.cpp gemini/thinking.h)
