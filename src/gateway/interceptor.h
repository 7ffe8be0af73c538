// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "gateway/http/answerwriter.h"
#include "gateway/http/httpserverrequest.h"

#include <QJsonObject>
#include <QObject>

#include <memory>
#include <optional>

namespace diptych {

/// Something that may come between a request and its answer: a fault that the client asked for, a tape that records
/// or plays.
class Interceptor
{
public:
    /// A request whose body was read and whose model is known, before the model is asked.
    struct Call {
        const HttpServerRequest &request;
        const QString &model; ///< what the client called it
        const QJsonObject &body;
        const HeaderList &headers; ///< of the answer: ids
        AnswerWriter &writer; ///< where the answer goes
    };
    struct Outcome {
        std::unique_ptr<AnswerWriter> writer {}; ///< not null: the answer goes through this instead
        /// Not null: it answers by itself, now or later, and the model is not asked. Dies with the request, at the end
        /// of the answer or when the client leaves.
        std::unique_ptr<QObject> player {};
        std::optional<Error> refusal {}; ///< the request is answered with it
    };

    Interceptor() = default;
    Interceptor(const Interceptor &) = delete;
    Interceptor &operator=(const Interceptor &) = delete;
    virtual ~Interceptor() = default;

    [[nodiscard]] virtual Outcome intercept(const Call &call) = 0;
};

} // namespace diptych
