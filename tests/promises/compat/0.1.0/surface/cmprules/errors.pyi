# The public surface of cmprules.errors, written by tasks/write_surface.py.

class CmpRulesError(Exception): ...

class Fault:
    def __str__(self) -> str: ...
    code: str
    expected: str
    hint: str
    path: str
    value: object

class InputError(_FaultyError):
    def __str__(self) -> str: ...
    faults: tuple[Fault, ...]

class NotEstablishedError(CmpRulesError, LookupError): ...

class NotInForceError(CmpRulesError, LookupError): ...

class PolicyDataError(_FaultyError):
    def __str__(self) -> str: ...
    faults: tuple[Fault, ...]

class UnknownCodeError(CmpRulesError, LookupError): ...

class UnknownEditionError(CmpRulesError, LookupError): ...
