# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(diptych_providers PRIVATE
    cohere/answerfields.cpp cohere/answerfields.h
    cohere/chatdecoder.cpp cohere/chatdecoder.h
    cohere/chatencoding.cpp cohere/chatencoding.h
    cohere/cohereextras.cpp cohere/cohereextras.h
    cohere/cohereprovider.cpp cohere/cohereprovider.h
    cohere/embeddingdecoder.cpp cohere/embeddingdecoder.h
    cohere/embeddingencoding.cpp cohere/embeddingencoding.h
    cohere/messageencoding.cpp cohere/messageencoding.h
    cohere/modeldecoder.cpp cohere/modeldecoder.h)
