// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/reply.h"

#include <functional>
#include <memory>

namespace diptych::azure {

/// The models of an endpoint that may not know how to say it. Asks one route; where that does not exist (404, 405, 410
/// or the 424 of a container), another if there is one; where that does not exist either, gives the endpoint's default
/// model with a line in the change log that says so. Ends in the error of the first route when there is no default
/// model.
class ModelListFallback : public ModelListReply
{
    Q_DISABLE_COPY_MOVE(ModelListFallback)
public:
    using Ask = std::function<std::unique_ptr<ModelListReply>()>;

    /// `second` may be empty, and so may `defaultModel`.
    ModelListFallback(std::unique_ptr<ModelListReply> first, Ask second, QString defaultModel);
    ~ModelListFallback() override;

    [[nodiscard]] const Exchange &exchange() const override { return m_current->exchange(); }
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override { return m_earlier; }
    void retryNow() override { m_current->retryNow(); }

protected:
    void abortExchange() override;

private:
    void follow();
    void takeResult();
    void rememberAttempts();
    void giveDefaultModel();

    std::unique_ptr<ModelListReply> m_current;
    Ask m_second;
    QString m_defaultModel;
    std::optional<Error> m_firstError;
    std::vector<Exchange> m_earlier;
};

} // namespace diptych::azure
