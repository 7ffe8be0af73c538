# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(diptych_providers PRIVATE
    openai/chatdecoder.cpp openai/chatdecoder.h
    openai/commonfields.cpp openai/commonfields.h
    openai/completiondecoder.cpp openai/completiondecoder.h
    openai/embeddingdecoder.cpp openai/embeddingdecoder.h
    openai/messageencoding.cpp openai/messageencoding.h
    openai/mistralfields.cpp openai/mistralfields.h
    openai/modelfacts.cpp openai/modelfacts.h
    openai/modellistdecoder.cpp openai/modellistdecoder.h
    openai/openaicodec.cpp openai/openaicodec.h
    openai/openaiextras.cpp openai/openaiextras.h
    openai/openaifamilyprovider.cpp openai/openaifamilyprovider.h
    openai/openaiprovider.cpp openai/openaiprovider.h
    openai/requestfields.cpp openai/requestfields.h
    openai/servervariants.cpp openai/servervariants.h
    openai/thinksplitter.cpp openai/thinksplitter.h)
