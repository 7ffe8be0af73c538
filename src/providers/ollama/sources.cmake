# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(diptych_providers PRIVATE
    ollama/answerfields.cpp ollama/answerfields.h
    ollama/answerframing.cpp ollama/answerframing.h
    ollama/chatdecoder.cpp ollama/chatdecoder.h
    ollama/completiondecoder.cpp ollama/completiondecoder.h
    ollama/embeddingdecoder.cpp ollama/embeddingdecoder.h
    ollama/messageencoding.cpp ollama/messageencoding.h
    ollama/modeldecoder.cpp ollama/modeldecoder.h
    ollama/ollamacodec.cpp ollama/ollamacodec.h
    ollama/ollamaextras.cpp ollama/ollamaextras.h
    ollama/ollamamodels.cpp ollama/ollamamodels.h
    ollama/ollamaprovider.cpp ollama/ollamaprovider.h
    ollama/ollamaroutes.cpp ollama/ollamaroutes.h
    ollama/pulldecoder.cpp ollama/pulldecoder.h)
